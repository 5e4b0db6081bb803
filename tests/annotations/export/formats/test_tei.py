"""TEI, stand-off and inline, held against TEI All."""

from copy import deepcopy
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from annotations.export.excerpts import Excerpt
from annotations.export.formats import tei, tei_inline
from tests.support.hard_excerpts import allegation, excerpt, words
from tests.support.schemas import ID, TEI, text_of, valid_tei

PETROV: dict[str, Any] = dict.fromkeys(("counted", "qualifier", "said_by"), "") | {
    "value": None,
    "kind": "person",
    "entity": "Ivan Petrov",
    "entity_address": "https://archive.example/people/ivan-petrov/",
}
AKTAU = PETROV | {
    "kind": "place",
    "entity": "Aktau",
    "entity_address": "https://archive.example/places/aktau/",
}
# Each is held against the whole schema.
EXAMPLES = settings(max_examples=60)


def standoff(*excerpts: Excerpt) -> etree._Element:
    return valid_tei("".join(tei.write(excerpts)))


def inline(*excerpts: Excerpt) -> etree._Element:
    return valid_tei("".join(tei_inline.write(excerpts)))


def all_of(root: etree._Element, tag: str) -> list[etree._Element]:
    return list(root.iter(f"{TEI}{tag}"))


def notes(annotation: etree._Element) -> dict[str, str]:
    return {
        note.get("type"): text_of(note) for note in annotation.findall(f"{TEI}note")
    }


def passage(text: str, start: int, end: int, number: int, **fields: Any) -> Excerpt:
    where = {
        "read_text": lambda _version: text,
        "start": start,
        "end": end,
        "before": "",
        "after": "",
    }
    permalink = f"https://archive.example/annotations/{UUID(int=number)}/"
    return excerpt(text[start:end], **{"permalink": permalink} | where | fields)


@EXAMPLES
@given(words)
def test_words_and_what_is_said_of_them_are_read_back(hard: str) -> None:
    claim = allegation(
        hard, words=hard, title=hard, authors=hard, publisher=hard, claimant=hard
    )
    for root in (standoff(claim), inline(claim)):
        (found,) = all_of(root, "annotation")
        said = notes(found)
        assert (
            said["quote"],
            said["allegation"].split(),
            said["claimant"].split(),
        ) == (
            hard,
            *[hard.split()] * 2,
        )
        assert hard.split() in [
            text_of(title).split() for title in all_of(root, "title")
        ]


def test_a_target_is_the_address_of_the_text_with_the_characters() -> None:
    (found,) = all_of(standoff(excerpt()), "annotation")
    assert (
        found.get("target")
        == "https://archive.example/articles/day-three/versions/1/text/#char=9,18"
    )
    assert found.get("sameAs") == excerpt().permalink


def test_people_places_and_sources_are_listed_once_and_pointed_at() -> None:
    many = [
        excerpt(
            "Petrov",
            permalink=f"https://a.example/annotations/{n}-{v}/",
            version_id=v,
            **who,
        )
        for v in (1, 2)
        for n, who in enumerate((PETROV, AKTAU, PETROV))
    ]
    root = standoff(*many)
    assert [person.get("sameAs") for person in all_of(root, "person")] == [
        PETROV["entity_address"]
    ]
    assert [text_of(place).strip() for place in all_of(root, "place")] == ["Aktau"]
    assert len(all_of(root, "bibl")) == 2
    pointers = [pointer.get("target") for pointer in all_of(root, "ptr")]
    assert (
        pointers == ["#person.ivan-petrov", "#place.aktau", "#person.ivan-petrov"] * 2
    )


@pytest.mark.parametrize(
    ("state", "resp", "cert"),
    [("confirmed", "#editors", "high"), ("linked", "#machine", "medium")],
)
def test_it_is_said_who_answers_for_a_tag_and_how_sure_it_is(
    state: str, resp: str, cert: str
) -> None:
    one = excerpt("Petrov", state=state, **PETROV)
    for element in (
        *all_of(standoff(one), "annotation"),
        *all_of(inline(one), "persName")[:1],
    ):
        assert (element.get("resp"), element.get("cert")) == (resp, cert)


@pytest.mark.parametrize(
    ("fields", "attributes"),
    [
        ({"qualifier": ""}, {"value": "15"}),
        ({"qualifier": "at_least"}, {"atLeast": "15"}),
        ({"qualifier": "fewer_than"}, {"atMost": "15"}),
        ({"qualifier": "between", "value_to": Decimal(20)}, {"min": "15", "max": "20"}),
        ({"qualifier": "about"}, {"value": "15"}),
    ],
)
def test_a_figure_is_a_number_with_its_bounds(
    fields: dict[str, Any], attributes: dict[str, str]
) -> None:
    (number,) = all_of(standoff(excerpt(**fields)), "num")
    assert dict(number.attrib) == {"type": "cardinal"} | attributes
    assert text_of(number) == excerpt(**fields).tag


@pytest.mark.parametrize(
    ("published", "attributes"),
    [
        ("2011-12", {"when": "2011-12"}),
        ("2011-12~", {"notBefore": "2011-12-01", "notAfter": "2011-12-31"}),
        (
            "2011-12-17/2011-12-19",
            {"notBefore": "2011-12-17", "notAfter": "2011-12-19"},
        ),
        ("../2011-12-19", {"notAfter": "2011-12-19"}),
        ("2011-21", {"notBefore": "2011-03-01", "notAfter": "2011-05-31"}),
    ],
)
def test_a_date_says_between_which_days_it_lies(
    published: str, attributes: dict[str, str]
) -> None:
    dates = [
        date
        for date in all_of(standoff(excerpt(published=published)), "date")
        if date.get("type") is None
    ]
    assert [(dict(date.attrib), date.text) for date in dates] == [
        (attributes, published)
    ]


texts = st.lists(
    st.lists(
        st.sampled_from(["a", "яя", "😀", "<&", "b\nc"]), min_size=1, max_size=6
    ).map(" ".join),
    min_size=1,
    max_size=4,
).map("\n\n".join)
parts = st.tuples(
    st.floats(0, 1), st.floats(0, 1), st.sampled_from([PETROV, AKTAU, {}])
)


@EXAMPLES
@given(texts, st.lists(parts, min_size=1, max_size=8))
def test_without_its_tags_it_is_the_text_and_every_passage_is_found_in_it(
    text: str, spans: list[tuple[float, float, dict[str, Any]]]
) -> None:
    passages = []
    for number, (one, other, fields) in enumerate(spans):
        start, end = sorted((round(one * len(text)), round(other * len(text))))
        if text[start:end].strip():
            start, end = (
                start + len(text[start:end]) - len(text[start:end].lstrip()),
                len(text[:end].rstrip()),
            )
            passages.append(passage(text, start, end, number, **fields))
    assume(passages)
    root = inline(*passages)
    paragraphs = all_of(all_of(root, "body")[0], "p")
    assert "\n\n".join(map(text_of, paragraphs)) == text
    for each in passages:
        id_ = f"passage.{each.permalink.rstrip('/').rpartition('/')[2]}"
        (found,) = root.xpath("//*[@xml:id=$id]", id=id_)
        assert (
            marked(paragraphs, id_) if found.tag == f"{TEI}span" else text_of(found)
        ) == each.words


def marked(paragraphs: list[etree._Element], id_: str) -> str:
    """The words between the two anchors of a span."""
    open_and_close = {f"{id_}.start": "\ue000", f"{id_}.end": "\ue001"}
    paragraphs = deepcopy(paragraphs)
    for paragraph in paragraphs:
        for anchor in paragraph.iter(f"{TEI}anchor"):
            anchor.text = open_and_close.get(anchor.get(ID), "")
    text = "\n\n".join(map(text_of, paragraphs))
    return text[text.index("\ue000") + 1 : text.index("\ue001")]


def test_kinds_are_elements_of_their_own_and_nest() -> None:
    text = "Ivan Petrov of Aktau killed 15 people."
    root = inline(
        passage(
            text,
            0,
            len(text),
            1,
            kind="allegation",
            allegation="He killed",
            status="denied",
            value=None,
        ),
        passage(text, 0, 11, 2, **PETROV),
        passage(text, 15, 20, 3, **AKTAU),
        passage(text, 28, 37, 4, qualifier="exactly"),
    )
    (segment,) = all_of(root, "seg")
    assert [child.tag.removeprefix(TEI) for child in segment] == [
        "persName",
        "placeName",
        "measure",
    ]
    assert segment[2].get("quantity") == "15"
    assert segment[0].get("ref") == "#text.1.person.ivan-petrov"


def test_a_corpus_has_each_text_once_with_its_source() -> None:
    text, other = "One Petrov. Two Petrov.", "Petrov."
    root = inline(
        passage(text, 4, 10, 1, **PETROV),
        passage(text, 16, 22, 2, **PETROV),
        passage(other, 0, 6, 3, version_id=2, title="Another", **PETROV),
    )
    assert [text_of(p) for body in all_of(root, "body") for p in body] == [text, other]
    assert [text_of(source.find(f"{TEI}title")) for source in all_of(root, "bibl")] == [
        "Day three",
        "Another",
    ]


@pytest.mark.parametrize("write", [tei.write, tei_inline.write])
def test_without_excerpts_it_is_still_tei(write: Any) -> None:
    assert all_of(valid_tei("".join(write([]))), "note")[0].text == "No excerpts."


def test_control_characters_are_seen() -> None:
    (found,) = all_of(standoff(excerpt("a\x00\x0bb")), "annotation")
    assert notes(found)["quote"] == "a␀␋b"
