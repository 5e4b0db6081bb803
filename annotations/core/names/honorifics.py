"""Words that stand before a surname without being a first name, by which a stranger could be
told."""

# In small letters.
BEFORE_NAMES = frozenset(
    # English
    "about above according actually again against ahead already also although always among amid apparently around "
    "aside asked besides both clearly despite during earlier either even eventually ever every except finally first "
    "following here however indeed initially instead interestingly just last lastly late lately later like likewise "
    "maybe moreover most mostly near nearly nevertheless next nobody none nonetheless nothing often once only opposite "
    "otherwise outside over perhaps please possibly previously quite rather recently regarding second several shortly "
    "similarly some sometimes soon still such suddenly surely than thanks third thus together too toward unlike unless "
    "upon usually versus very via we well whereas whether which whom whose within without yes yet you your "
    "a acting activist after agent all although ambassador an and as at because before but by captain chairman chief "
    "colonel commissioner comrade deputy did director doctor does dr former from general governor had has he her his "
    "how if in interior is it judge justice king lawyer lieutenant lord madam major mayor meanwhile minister miss mr "
    "mrs ms neither nor not now officer on or our president prime prince professor prosecutor sergeant secretary "
    "senator she sir since so spokesman spokeswoman that the their then there these they this those though through to "
    "today tomorrow under until was were what when where while who why with yesterday "
    "monday tuesday wednesday thursday friday saturday sunday january february march july september october november "
    "december "
    # Russian
    "а адвокат акима аким в во господин госпожа генерал губернатор для директор доктор если за и из или как к когда "
    "адвоката министр министра министру министром на над не но о об однако он она они от по позже полковник после "
    "президент президента президенту президентом премьер при прокурор с сегодня со судья также так там то у что это "
    "этот ранее вчера затем тогда теперь почему где глава "
    # Kazakh
    "әкім бірақ ал бұл және кейін министр мырза не ол оның осы президент сол сондықтан сонымен содан төраға".split()
)

# What a hyphen may join to a name without making it another one.
PREFIXES = frozenset("anti ex mid neo non post pre pro анти вице про экс контр".split())

# One or two letters with a full stop that are not the beginning of a first name.
NO_INITIALS = ("Mr", "Dr", "Ms", "Lt", "St", "Sr", "Jr", "Co", "No")
# What may stand before a surname and looks like initials.
ABBREVIATIONS = frozenset({"U.S.", "U.S.A.", "U.K.", "U.N.", "E.U.", "D.C."})
# Patterns. After one of these a surname that does not tell a woman by itself may be
# her husband's or father's.
WOMENS_TITLES = (
    "Mrs",
    "Ms",
    "Miss",
    "Madame?",
    "Mme",
    "Lady",
    "госпожа",
    "госпожой",
    "госпоже",
    "госпожу",
)
