"""What `matching_keys` knows of writing systems: tables alone, each row a rule.

Letters are written in many ways. Some can be told from the letters themselves and hold
everywhere (sch, zh, ğ): `matching_keys` has them. Others mean one thing in one language and
another in the next: c is ц in a Slavic name, ж in a Turkish one, k in an English one.
`ROMANISATIONS` lists these by language: a word is read in each that it may be in.
"""

from dataclasses import dataclass

APOSTROPHE = "['’‘`´ʻʼʹ′]"


@dataclass(frozen=True)
class Romanization:
    """A way of writing sounds. A word in which `mark` is found may be in it, and is rewritten
    by `rules`, in order.

    All are regular expressions for words in small letters; what they are replaced by is the
    English way.
    """

    mark: str
    rules: tuple[tuple[str, str], ...]


ROMANISATIONS = {
    "Uzbek": Romanization("x", (("x", "kh"),)),
    "Uzbek o, where its neighbours have a": Romanization(
        f"[xq]|[og]{APOSTROPHE}",
        ((f"o{APOSTROPHE}", "u"), ("x", "kh"), (r"o(?!v(?:a|ich|na)?$)", "a")),
    ),
    "Azerbaijani and Turkish": Romanization(
        "[cqxâîû]",
        (("c", "dj"), ("q", "g"), ("x", "kh"), ("â", "a"), ("î", "i"), ("û", "u")),
    ),
    "Azerbaijani ə as e": Romanization(
        "ə", (("ə", "e"), ("c", "dj"), ("q", "g"), ("x", "kh"))
    ),
    "Kazakh of 2017": Romanization(
        f"[scyi]{APOSTROPHE}",
        tuple(
            (f"{letter}{APOSTROPHE}", by)
            for letter, by in zip("scyi", ("sh", "ch", "u", "i"), strict=True)
        ),
    ),
    "Turkmen and Czech": Romanization("ý", (("ý", "y"),)),
    "German and Polish": Romanization(
        "^(?=.{6})(?!.*[oe]va?$).*(?:(?<![st])ch|[aou]e|rz)",
        (("(?<![st])ch", "kh"), ("rz", "zh"), ("(?<=[ao])e(?!v)", ""), ("ue", "u")),
    ),
    "Arabic, as Turkic peoples say it": Romanization(
        "[td]h|q", (("th", "s"), ("dh", "z"), ("q", "g"))
    ),
    "Arabic, simplified": Romanization("[td]h", (("th", "t"), ("dh", "d"))),
    "English and French": Romanization(
        "c", (("ch(?=r)", "k"), ("c(?=[aourltk]|$)", "k"))
    ),
    "Dutch": Romanization(
        "[tsz]j|oe", (("tsj|tj", "ch"), ("sj", "sh"), ("zj", "zh"), ("oe", "u"))
    ),
    "Hungarian": Romanization("cs|zs", (("cs", "ch"), ("zs", "zh"), ("sz", "s"))),
    "GOST 7.79": Romanization("cz", (("cz", "ts"), ("x", "kh"))),
    "marks lost": Romanization(
        "[çčšşžżəýâû]", tuple(zip("çčšşžżəýâû", "ccsszzeyau", strict=True))
    ),
}

# Parts of names in which Uzbek and Tajik have o for the a of other languages, as they
# are romanised.
UZBEK_O = (
    "akmol azod bahodir bahrom behzod bobo bobur boi botir dilshod dosh farhod fozil gofur hol homid hoshim hotam "
    "hurosh ikbol ikrom ilhom islom jamol kamol karom kobil kodir komil komron kosim maksud murod nodir nora obid "
    "ochil odil oibek oidin olim olma omin omon orif orzu ota otabek ozod pulod rahmo rosul ruhsor sanjor sardor "
    "shahlo shahnoz shahzod shodi shohruh shokir sobir sodik soli solih sulto tohir tosh turon ulom vohid yodgor "
    "zafor zohid zokir"
).split()

# A line for each name that languages write too differently for a rule.
SAME_NAMES = """
Aleksandr Alexander Alexandre Oleksandr Aliaksandr
Aleksei Alexei Alexey Oleksii
Andrei Andrii
Anatoly Anatolii
Dmitri Dmitry Dimitri Dmytro
Georgy Georgi Heorhii
Igor Ihor
Heidar Haydar
Maksim Maxim Maksym
Mikhail Mykhailo Mihajlo
Nikolai Mykola Nicolas
Oleg Oleh
Pavel Pavlo
Pyotr Petr Petro
Saint St Sankt
Sergei Serhii Serge
Vladimir Volodymyr Uladzimir
Vyacheslav Viacheslav Viatcheslav
Yelena Elena Olena
Yevgeny Evgeny Yevhen Eugene
Utkir Oʻtkir Utkur
Yusuf Yousef Youssef Yusif
Khaled Khalid
Ramazan Ramadan Ramadhan
Bauyrzhan Baurzhan
"""

# A line for each place that languages call by names too different for a rule; no names
# of another time.
SAME_PLACES = """
Aktobe Aqtobe Aktyubinsk Aktubinsk
Almaty Alma-Ata Almata
Andijan Andijon Andizhan
Arkalyk Arqalyq
Ashgabat Ashkhabad Aşgabat Achgabat
Baikonur Bayqongyr Baikonyr Baykonyr Baikonour Байқоңыр
Balkhash Balqash Balkash Balchasch
Baku Bakı Bakou Bakoe
Beijing Peking Pékin Пекин
Belarus Belorussia Biélorussie
Bishkek Bichkek Bischkek
Bukhara Buxoro Boukhara Bukhoro
Caucasus Kavkaz Caucase Kaukasus
Chernobyl Chornobyl Tchernobyl
Dashoguz Daşoguz Tashauz
Dushanbe Douchanbé Duschanbe Dyushambe
Fergana Fargʻona Farghona Ferghana
Ganja Gəncə Gyandzha
Jalal-Abad Jalalabad Djalal-Abad Dzhalal-Abad Джалал-Абад
Jizzakh Jizzax Dzhizak Djizak
Karaganda Qaraghandy Qaragandy Karagandy Қарағанды Караганда
Kashgar Kashi Qeshqer
Kazakhstan Qazaqstan Kazakstan Kasachstan
Kharkiv Kharkov Charkow
Khorezm Xorazm Khwarezm Khorazm
Khorog Khorugh Xoruğ
Khujand Khodzhent Khudzhand Khojand Xuçand
Kokand Qoʻqon Kokan Qoqon
Kokshetau Kökşetau Kokchetav
Kostanay Qostanai Kustanai Kustanay
Kulob Kulyab
Kyiv Kiev Kiew Kijów Киев Київ
Kyrgyzstan Kirghizstan Kirgisistan Kirgizstan Kirghizistan Kyrgystan
Kyzylorda Qyzylorda Kzyl-Orda Kzylorda
Lviv Lvov Lwów Lwow
London Londres Лондон
Mangystau Mangistau Mangghystau Mañğystau
Margilan Margʻilon Margelan
Moscow Moskva Moskau Moscou Москва Мәскеу
Navoi Navoiy
Nukus Nökis Noukous
Odesa Odessa
Oral Uralsk Орал Уральск
Osh Oʻsh Och
Oskemen Öskemen Ust-Kamenogorsk Өскемен Усть-Каменогорск
Paris Париж Parij
Petropavl Petropavlovsk
Qandyagash Kandyagash Kandagach
Samarkand Samarqand Samarcande
Semey Semei Semipalatinsk
Shymkent Chimkent Chymkent Tchimkent
Taldykorgan Taldy-Kurgan Taldyqorghan
Tashkent Toshkent Tachkent Taschkent
Tbilisi Tbilissi
Termez Termiz Termis
Tokmok Tokmak
Turkestan Turkistan Türkistan
Turkmenabat Turkmenabad Türkmenabat
Urgench Urganch Ourguentch
Urumqi Ürümchi Urumchi Ouroumtsi
Uzbekistan Oʻzbekiston Ouzbékistan Usbekistan
Warsaw Warszawa Varsovie Varshava
Yerevan Erevan Erivan
Zhanaozen Zhangaozen
Zhezkazgan Dzhezkazgan Zhezqazghan Jezkazgan
Zhambyl Dzhambul Jambyl Djamboul
"""

# Words that say what kind of place it is.
GENERICS = {
    "town": "city town municipality cite ville stadt г город гор қала қаласы шаары шаҳри қалашығы qala qalasy kalasy "
    "shahri shaary gorod sehri",
    "village": "village settlement selo aul auyl auyly posyolok poselok qishloq dorf село с поселок посёлок пос кент "
    "аул ауыл ауылы айылы кенті",
    "region": "region province oblast oblysy oblusu viloyati viloyat velayat welayaty gebiet область обл облысы облусу "
    "вилояти вилоят",
    "district": "district raion rayon audany tumani rayonu bezirk район ауданы району тумани",
    "street": "street avenue prospekt ulitsa koshesi улица ул проспект пр көшесі даңғылы",
    "lake": "lake озеро көлі koli see lac",
    "river": "river река өзені ozeni fluss",
}

# Joined to an Arabic name by a hyphen; al and el also stand by themselves.
ARTICLES = frozenset("al el ul ad an ar as ash at az аль эль ас аш ар ад ан".split())
# Between a name and the father's.
SON_OF = frozenset(
    "bin ibn ben bint ould oglu ogly oğlu ogli oʻgʻli o'g'li бин ибн бен оглы".split()
)
# After the father's name; some write them in one word with it.
CHILD_OF = frozenset(
    "uly ulu uulu ūly ұлы улы уулу ўғли kyzy qyzy kizi qizi qızı qızy gyzy қызы кызы қизи гызы".split()
)
