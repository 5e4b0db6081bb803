"""Where our citations differ from citeproc-js on purpose: in what, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """Words of citeproc's that stand otherwise in ours."""

    why: str
    # What citeproc writes, and what we write.
    words: tuple[tuple[str, str], ...]

    def applied_to(self, cited: str) -> str:
        for theirs, ours in self.words:
            cited = cited.replace(theirs, ours)
        return cited


NOTES = ("chicago", "chicago-17")
ENTRIES = ("chicago-bibliography", "chicago-17-bibliography")
CHICAGO = NOTES + ENTRIES

# By the name of the reference and the styles concerned.
DIFFERENT: dict[tuple[str, tuple[str, ...]], Difference] = {
    ("an organisation and an author", (*ENTRIES, "mla")): Difference(
        "A comma parts two authors only where it closes a name that is turned round in Chicago and MLA; an "
        "organisation’s is not. citeproc-js joins people and organisations as two lists.",
        (("Human Rights Watch, and", "Human Rights Watch and"),),
    ),
    ("an author and an organisation", (*ENTRIES, "mla")): Difference(
        "The same, the other way about: after a name that is turned round stands a comma.",
        (("Petrov, Ivan and", "Petrov, Ivan, and"),),
    ),
    ("an author and an organisation", ("apa",)): Difference(
        "The same: APA 9.8 has a comma before the ampersand after initials.",
        (("Petrov, I. & ", "Petrov, I., & "),),
    ),
    ("no date", ("apa",)): Difference(
        "“Retrieved” belongs to a day, and none is known (APA 9.16).",
        (("Retrieved https", "https"),),
    ),
    ("neither publisher nor date", ("apa",)): Difference(
        "The same.", (("Retrieved https", "https"),)
    ),
    ("about a month", CHICAGO): Difference(
        "CSL has one word for “about” and “perhaps”, and the style prints a question mark for both. EDTF has two.",
        (("[December 2011?]", "[ca. December 2011]"),),
    ),
    ("about a month", ("mla",)): Difference(
        "A capital after a comma is a slip; and a date that is not the source’s own stands in brackets.",
        (("Circa Dec. 2011", "[circa Dec. 2011]"),),
    ),
    ("perhaps a year", ("mla",)): Difference(
        "The same, and an unsure date has a question mark.",
        (("Circa 2011", "[2011?]"),),
    ),
    ("months of two years", ("apa",)): Difference(
        "citeproc-js joins year to year and month to month, from which no one sees which month is of which year.",
        (("2011–2012, December–January", "2011, December–2012, January"),),
    ),
    ("an open end", ("mla",)): Difference(
        "CSL has no open ends: the date goes over as words, in one order for all styles.",
        (("not before December 17, 2011", "not before 17 Dec. 2011"),),
    ),
    ("an open end", ("apa",)): Difference(
        "The same.", (("not before December 17, 2011", "not before 2011, December 17"),)
    ),
    ("transliterated and translated", CHICAGO): Difference(
        "Chicago sets a translation in brackets after the title (CMOS 11.9), and the original script between them. "
        "CSL has one variable for all three.",
        (
            (
                "“Rasstrel v gorode [A shooting in a town],”",
                "“Rasstrel v gorode” Расстрел в городе [A shooting in a town],",
            ),
            (
                "“Rasstrel v gorode [A shooting in a town].”",
                "“Rasstrel v gorode” Расстрел в городе [A shooting in a town].",
            ),
        ),
    ),
    ("translated only", CHICAGO): Difference(
        "The same.",
        (
            (
                "“Schüsse in der Stadt [Shots in the town],”",
                "“Schüsse in der Stadt” [Shots in the town],",
            ),
            (
                "“Schüsse in der Stadt [Shots in the town].”",
                "“Schüsse in der Stadt” [Shots in the town].",
            ),
        ),
    ),
    ("from right to left", (*CHICAGO, "mla", "apa")): Difference(
        "Isolates (U+2068, U+2069) keep Arabic words from turning round the signs beside them in plain text.",
        (
            ("محمد علي", "\u2068محمد علي\u2069"),
            ("إطلاق نار في المدينة", "\u2068إطلاق نار في المدينة\u2069"),
        ),
    ),
}
