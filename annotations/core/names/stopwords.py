"""Words with a capital that are, by themselves, the name of no person and no place. All in
small letters."""

from annotations.core.names.honorifics import BEFORE_NAMES

# What is said before a name, besides the words of `honorifics`; a run of capitalised
# words is divided there.
OFFICES = frozenset(
    "adviser advisor akim assistant ambassador archbishop attorney baron bishop candidate chair chairperson "
    "chairwoman chancellor chief consul councillor count deputy envoy foreign gen gov head imam interior lady "
    "leader lt mp mullah official ombudsman pope premier princess prosecutor queen rector rep rev saint sen sgt "
    "sheikh speaker sultan viceroy "
    "адмирал академик генерал-майор депутат заместитель капитан комиссар лейтенант майор маршал мэр первый лидер "
    "подполковник посол председатель премьер-министр руководитель секретарь сенатор следователь советник старший "
    "депутаты бастық басшы президенті министрі әкімі төрағасы басшысы прокуроры судьясы директоры редакторы "
    "генерал елші судья спикер прокурор полковник".split()
) - {"saint", "sultan", "count", "head"}

# The titles alone.
TITLES = OFFICES | frozenset(
    "acting activist agent captain chairman colonel commissioner comrade director doctor former general governor "
    "interior judge justice king lawyer lieutenant lord madam major mayor minister president prime prince "
    "professor prosecutor secretary senator sergeant spokesman spokeswoman".split()
)

CALENDAR = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu "
    "thur thurs fri sat sun christmas easter ramadan nauryz nowruz navruz eid spring summer autumn winter today "
    "noon gmt bst utc "
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь понедельник вторник среда "
    "четверг пятница суббота воскресенье наурыз рождество пасха қаңтар ақпан сәуір мамыр маусым шілде тамыз "
    "қыркүйек қазан қараша желтоқсан дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі".split()
)

# Peoples, languages, faiths and parties: a name only with other words (Kazakh Embassy).
PEOPLES = frozenset(
    "kazakh kazakhs kazakhstani kazakhstanis russian russians soviet soviets uzbek uzbeks kyrgyz tajik tajiks "
    "turkmen uighur uighurs uyghur uyghurs tatar tatars chechen chechens american americans british english "
    "french german germans italian italians spanish portuguese dutch swiss austrian austrians polish poles czech "
    "czechs slovak slovaks hungarian hungarians romanian romanians bulgarian bulgarians serbian serbs croatian "
    "greek greeks turkish turk turks turkic persian iranian iranians iraqi iraqis afghan afghans pakistani "
    "pakistanis indian indians chinese japanese korean koreans mongolian mongol mongols vietnamese thai ukrainian "
    "ukrainians belarusian belarusians lithuanian lithuanians latvian latvians estonian estonians georgian "
    "georgians armenian armenians azerbaijani azeri azeris arab arabs arabic israeli israelis jewish jew jews "
    "palestinian syrian syrians saudi egyptian egyptians libyan african africans asian asians european europeans "
    "eurasian western eastern northern southern central canadian canadians mexican brazilian australian swedish "
    "norwegian danish finnish irish scottish welsh latin slavic caucasian muslim muslims islamic islamist "
    "islamists islam christian christians orthodox catholic sunni shia shiite buddhist communist communists "
    "democrat democrats democratic republican republicans socialist nazi olympic bolshevik "
    "европейский российский казахстанский американский советский центральный южный северный западный восточный "
    "еуропалық америкалық ресейлік кеңестік орталық".split()
)

# With which the name of an organisation begins, so that it may hold *of*, *for*, *and*,
# *in*.
ORGANISATIONS = frozenset(
    "academy agency assembly association bank board bureau center centre chamber commission committee "
    "confederation congress convention council court department directorate embassy faculty federation foundation "
    "forum front fund group initiative institute league ministry movement museum office organisation organization "
    "parliament partnership party republic school senate service society theatre theater tribunal union "
    "university".split()
)

# With which sentences begin.
OPENERS = BEFORE_NAMES | frozenset(
    "all any are author be been being both breaking come contact copyright do don else email enough everybody "
    "everyone everything exclusive few fewer focus follow get give go good have hello here hundreds i id image "
    "internet interview into its just government governments keep state states somehow someone something less let "
    "like local look make many me mine more most much my must myself need news next no nor note of off oh ok okay "
    "one ones others otherwise ours people per photo photos picture police protesters public read reading related "
    "report reporter reporters reporting say see share should show source sources still subscribe such take tens "
    "thank them themselves these thing think those thousands three topic topics translated translation two four "
    "five six seven eight nine ten dozens hundred million billion twenty under up updated url us used video was "
    "watch website welcome what whatever whichever whoever will won would wouldn write yes yours "
    "без благодаря будет будто бы был была были было быть ваш весь вместе вместо во возможно вокруг вот все всё "
    "всего второй вы где группа да даже два две дело десятки другие другой думаю его ее её ей если есть еще ещё "
    "жители журналисты зачем здесь именно иногда интервью день дня дню днем днём репортер репортаж коллаж автор "
    "интернет интернета интернете источник их каждый какая какие какой кого кому конечно который кроме кто люди "
    "между меня местные милиция мне многие может можно мой мы нам нас наш нашей нельзя несмотря нет никто ничего "
    "новый нужно областной один одна однажды около она оно опять особенно откуда очень первая первый перед "
    "по-моему под поэтому полиция полицейские пока полтора пора последние поскольку потом потому почти правда "
    "прежде при примерно против протестующие раз разве рабочие рядом сам сама сами свой себя сегодняшний сейчас "
    "сколько скоро следует слишком снова среди спасибо стало суд сюда такая таким такие такой там текст тем "
    "теперь тоже только трое три тут тысячи ты уже фото хорошо хотя час чего чей через читайте четыре что-то "
    "чтобы чуть эта эти этой этом этому этого я бастапқыда кейінірек адам адамдар алайда арасында бар барлық "
    "басқа бәрі бәлкім бес бір біз біздің біреу бүгін енді егер екі ешкім жаңа жоқ және жұмысшылар журналистер "
    "келесі кеше көп көптеген кім қазір қайда қандай қалай қанша қала мен менің мұнда мына мұндай неге негізгі "
    "олар олардың онда оған одан осындай осыдан оның ондай өз өте полицейлер сен сіз сол сосын сондай сөйтіп "
    "таңертең тағы тек төрт тұрғындар үш халық ол осылай соған содан сонда елорда".split()
)

# With which the names of places begin, at the beginning of a sentence too.
OF_PLACES = frozenset(
    "cape east fort great gulf lake lower mount new north old port saint san santa south upper west".split()
)

# Where a run of capitalised words is divided.
DIVIDERS = (BEFORE_NAMES | OFFICES) - frozenset(
    "a al all above along just king prince major well first second third general".split()
)

# Small words inside a name of a person.
PARTICLES = frozenset(
    "abu al ap bar ben bin bint da dal de del della den der di do dos du e el ibn la las le los oglu ogly oğlu "
    "ould st ten ter ul und van von y zu "
    "абу аль бен бин ван да де ди дер ибн ла ле оглы огли фон эль".split()
)
