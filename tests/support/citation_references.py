"""Forty references, one of every awkward kind, on which our styles are held against
citeproc-js."""

from datetime import date
from typing import Any

from archive.citations.author_names import parse_names
from archive.citations.reference import Reference


def reference(
    title: str = "Day three of the strike", *, by: str = "Ivan Petrov", **fields: Any
) -> Reference:
    """An article of The Post by Ivan Petrov, with some fields other than usual; `by` is a
    byline."""
    usual: dict[str, Any] = {
        "publisher": "The Post",
        "published": "2011-12-19",
        "address": "https://post.example/day-three",
        "language": "en",
    }
    return Reference(title, authors=parse_names(by), **usual | fields)


ACCESSED = date(2026, 3, 1)
MANY = "; ".join(f"Ivan {letter}etrov" for letter in "ABCDEFGHIJKLMNOPQRSTUV")

REFERENCES: dict[str, Reference] = {
    "all known": reference(accessed=ACCESSED),
    "a passage": reference(paragraph=4),
    "no author": reference(by=""),
    "an agency for an author": reference(by="", credit="Reuters"),
    "two agencies": reference(by="", credit="Reuters, AP"),
    "a credit that names no agency": reference(by="", credit="Photo: J. Example, AP"),
    "an agency beside an author": reference(credit="Reuters"),
    "two authors": reference(by="Ivan Petrov; Olga Smirnova"),
    "three authors": reference(by="Ivan Petrov; Olga Smirnova; Mary O'Connor"),
    "four authors": reference(
        by="Ivan Petrov; Olga Smirnova; Aset Example; Mary O'Connor"
    ),
    "seven authors": reference(by="; ".join(MANY.split("; ")[:7])),
    "twenty-two authors": reference(by=MANY),
    "an organisation": reference(by="Human Rights Watch"),
    "an organisation and an author": reference(by="Human Rights Watch; Ivan Petrov"),
    "an author and an organisation": reference(by="Ivan Petrov; Human Rights Watch"),
    "an author of one name": reference(by="Molly"),
    "a particle": reference(by="Vincent van Gogh"),
    "an article in a name": reference(by="Abdel al-Sisi; Ivan Petrov"),
    "a suffix": reference(by="Martin Luther King Jr."),
    "a hyphen and initials": reference(by="Jean-Paul Marat; J.K. Example"),
    "a patronymic": reference(
        "Расстрел в городе", by="Иванов Иван Петрович", publisher="Вести", language="ru"
    ),
    "no date": reference(published=""),
    "no date but one of access": reference(published="", accessed=ACCESSED),
    "a month": reference(published="2011-12"),
    "a year": reference(published="2011"),
    "a season": reference(published="2011-21"),
    "about a month": reference(published="2011-12~"),
    "perhaps a year": reference(published="2011?"),
    "a decade": reference(published="201X"),
    "days of one month": reference(published="2011-12-17/2011-12-19"),
    "days of two months": reference(published="2011-11-30/2011-12-02"),
    "months of two years": reference(published="2011-12/2012-01"),
    "an open end": reference(published="2011-12-17/"),
    "no publisher": reference(publisher=""),
    "no address": reference(address=""),
    "neither publisher nor date": reference(publisher="", published=""),
    "no publisher, no date, but one of access": reference(
        publisher="", published="", accessed=ACCESSED
    ),
    "nothing but a title": Reference("Day three"),
    "quotes in quotes": reference("Mayor: \"I never said 'Fire' to anyone\""),
    "quotes at the end": reference("A minister said “nobody gave the order”"),
    "a question": reference("Who gave the order?", by="Ivan Petrov; Olga Smirnova"),
    "a quoted exclamation": reference("They cried “Stop!”"),
    "stops at the end": reference("What was seen in the U.S."),
    "a name that ends in a sign": reference(publisher="Yahoo!"),
    "guillemets": reference(
        "«Нет», – сказал он", by="Олег Пример", publisher="Вести", language="ru"
    ),
    "transliterated and translated": reference(
        "Расстрел в городе",
        by="Олег Пример",
        publisher="Вести",
        language="ru",
        title_transliterated="Rasstrel v gorode",
        title_translated="A shooting in a town",
    ),
    "translated only": reference(
        "Schüsse in der Stadt", language="de", title_translated="Shots in the town"
    ),
    "from right to left": reference(
        "إطلاق نار في المدينة", by="محمد علي", language="ar"
    ),
    "markup": reference("R&D <b>Bold</b> and {braces} of \\ 100%"),
    "an address with signs": reference(address="https://post.example/?a=1&b=_2_#c"),
    "small words and hyphens": reference(
        "the anti-government march: at least 15 go from a to z, and then up"
    ),
}
