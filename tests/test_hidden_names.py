"""What readers may not see is answered as if it had never been there: each address with each
parameter and each name that is hidden, before it came into the archive and after."""

from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from annotations.allegations.embargoes import set_embargo
from annotations.editing import tagging
from annotations.entities.merging import merge
from annotations.entities.signposts import survivor_at
from annotations.filters import AllegationFilter, ExcerptFilter, TaggedArticleFilter
from annotations.models import Annotation, Embargo, Entity, State
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
from tests.support.kept_pages import as_in_a_request, forget_pages
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, make_place, mention

pytestmark = pytest.mark.django_db

TEXT = "<p>Ivan Petrov came to Aktau. 15 died. The police fired.</p>"
NAMING = TEXT.replace("</p>", " Anna Kim left Zhem.</p>")
# What readers can find by no parameter, and by those that have values of their own.
NAMES = ("Anna Kim", "anna-kim", "zhem", "hidden")
NAMES_OF_ARTICLES = {
    "publisher": ("Hidden Press",),
    "author": ("Hidden Author",),
    "topic": ("Hidden Topic",),
    "language": ("kk",),
    "kind": ("place",),
}
PARAMETERS: dict[str, tuple[str, ...]] = {
    "/articles/": (*TaggedArticleFilter.base_filters, "after"),
    "/people/": ("q", "after"),
    "/places/": ("q",),
    "/people/ivan-petrov/": ("at", "after"),
    "/figures/": (*ExcerptFilter.base_filters, "counted"),
    "/allegations/": (*AllegationFilter.base_filters, "after"),
    "/export/": tuple(ExcerptFilter.base_filters),
    "/export/?format=csv": tuple(ExcerptFilter.base_filters),
    "/allegations/export/": tuple(AllegationFilter.base_filters),
    "/search/": ("q",),
    "/entities/names/?kind=person&field=name": ("name",),
    "/entities/names/?kind=place&field=name": ("name",),
}
ADDRESSES = (
    "/",
    *("/people/anna-kim/", "/places/zhem/", "/people/anna-kim/?at=1"),
    *("/articles/hidden/", "/articles/hidden/provenance/", "/articles/hidden/text/"),
    *("/articles/hidden/cite/", "/articles/hidden/versions/1/"),
    *("/articles/public/", "/articles/public/provenance/"),
    *("/articles/public/annotations.jsonld", "/sitemap.xml", "/feed/"),
)


@pytest.fixture
def public(make_article: MakeArticle) -> Article:
    return _make_public(make_article, NAMING)


def _make_public(make_article: MakeArticle, text: str) -> Article:
    article = make_article("Public", text, publisher="The Post", authors=["Olga"])
    ivan = make_person("Ivan Petrov")
    mention(article, "Ivan Petrov", ivan)
    mention(article, "Aktau", make_place("Aktau"))
    figure(article, "15 died", said_by="Ivan Petrov", said_by_entity=ivan)
    allegation(article, "The police fired", claimant_entity=ivan)
    return article


# Status, Location and body.
Answer = tuple[int, str, bytes]
Hide = Callable[[Article, MakeArticle, User], None]


def _withhold(_public: Article, make_article: MakeArticle, _curator: User) -> None:
    hidden = make_article(
        "Hidden",
        "<p>Anna Kim came to Zhem. 16 left. She fired.</p>",
        publisher="Hidden Press",
        authors=["Hidden Author"],
        topics=["Hidden Topic"],
        language="kk",
        is_public=False,
    )
    anna, zhem = make_person("Anna Kim"), make_place("Zhem")
    mention(hidden, "Anna Kim", anna)
    mention(hidden, "Zhem", zhem)
    figure(hidden, "16 left", "16", said_by="Anna Kim", said_by_entity=anna)
    allegation(
        hidden,
        "She fired",
        accused_entity=anna,
        claimant_entity=anna,
        place="Zhem",
        place_entity=zhem,
    )


def _withhold_and_merge(
    public: Article, make_article: MakeArticle, curator: User
) -> None:
    _withhold(public, make_article, curator)
    for hidden, seen in (("anna-kim", "ivan-petrov"), ("zhem", "aktau")):
        one, other = Entity.objects.get(slug=hidden), Entity.objects.get(slug=seen)
        merge(one, other, curator, "one and the same")


def _suggest(public: Article, _make_article: MakeArticle, _curator: User) -> None:
    mention(public, "Anna Kim", make_person("Anna Kim"), State.SUGGESTED)
    mention(public, "Zhem", make_place("Zhem"), State.SUGGESTED)


def _reject(public: Article, _make_article: MakeArticle, _curator: User) -> None:
    mention(public, "Anna Kim", make_person("Anna Kim"), State.REJECTED)
    mention(public, "Zhem", make_place("Zhem"), State.REJECTED)


def _delete(public: Article, _make_article: MakeArticle, curator: User) -> None:
    marks = [
        mention(public, "Anna Kim", make_person("Anna Kim")),
        mention(public, "Zhem", make_place("Zhem")),
    ]
    for mark in marks:
        tagging.delete(mark.pk, mark.revision, curator)


def _embargo(public: Article, _make_article: MakeArticle, curator: User) -> None:
    anna, zhem = make_person("Anna Kim"), make_place("Zhem")
    allegation(
        public,
        "Anna Kim left Zhem",
        accused_entity=anna,
        place="Zhem",
        place_entity=zhem,
    )
    set_embargo(Embargo(entity=anna, note="court"), curator)


# How something is hidden, with the text of the public article.
HIDINGS: dict[str, tuple[Hide, str]] = {
    "withheld": (_withhold, NAMING),
    # Whom they are merged into is linked wherever their names stand: here nowhere.
    "withheld and merged": (_withhold_and_merge, TEXT),
    "suggested": (_suggest, NAMING),
    "rejected": (_reject, NAMING),
    "deleted": (_delete, NAMING),
    "under embargo": (_embargo, NAMING),
}


@pytest.mark.parametrize("hiding", HIDINGS)
def test_what_is_hidden_is_answered_as_if_it_had_never_been(
    client: Client, make_article: MakeArticle, curator: User, hiding: str
) -> None:
    hide, text = HIDINGS[hiding]
    public = _make_public(make_article, text)
    before = {address: _answer(client, address) for address in _addresses()}
    with as_in_a_request():
        hide(public, make_article, curator)
    assert _differing(client, before) == []
    forget_pages()
    assert _differing(client, before) == []


def _differing(client: Client, before: dict[str, Answer]) -> list[str]:
    """Return the addresses that are answered otherwise than before."""
    return [
        address for address in before if _answer(client, address) != before[address]
    ]


def _addresses() -> Iterator[str]:
    yield from ADDRESSES
    for address, parameters in PARAMETERS.items():
        sign = "&" if "?" in address else "?"
        for parameter in parameters:
            for value in NAMES_OF_ARTICLES.get(parameter, NAMES):
                yield f"{address}{sign}{parameter}={quote(value)}"


def _answer(client: Client, address: str) -> Answer:
    response = client.get(address)
    return response.status_code, response.get("Location", ""), _body(response)


def _body(response: object) -> bytes:
    content: bytes = (
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
        if getattr(response, "streaming", False)
        else response.content  # type: ignore[attr-defined]
    )
    return content


def test_the_address_of_somebody_who_was_seen_leads_to_whom_they_were_merged_into(
    client: Client, public: Article, curator: User
) -> None:
    anna, ivan = make_person("Anna Kim"), Entity.objects.get(slug="ivan-petrov")
    seen = mention(public, "Anna Kim", anna)
    merge(anna, ivan, curator, "one and the same")
    answer = client.get("/people/anna-kim/")
    assert answer["Location"] == "/people/ivan-petrov/"
    assert b"Public" in client.get("/articles/?person=anna-kim").content
    tagging.delete(seen.pk, Annotation.objects.get(pk=seen.pk).revision, curator)
    assert client.get("/people/anna-kim/").status_code == 404


def test_the_address_of_a_party_who_was_seen_leads_there_too(
    client: Client, public: Article, curator: User
) -> None:
    anna, ivan = make_person("Anna Kim"), Entity.objects.get(slug="ivan-petrov")
    claim = allegation(public, "Anna Kim left", accused_entity=anna)
    merge(anna, ivan, curator, "one and the same")
    assert survivor_at("person", "anna-kim", AnonymousUser()) == ivan
    page = client.get("/allegations/?accused=anna-kim").content.decode()
    assert str(claim.pk) in page


def test_a_text_that_is_corrected_away_hides_who_was_in_it(
    client: Client, public: Article, curator: User
) -> None:
    anna = make_person("Anna Kim")
    mention(public, "Anna Kim", anna)
    correct_text(public, "<p>Ivan Petrov came to Aktau.</p>", curator, "as printed")
    unknown = _answer(client, "/articles/?person=nobody")
    hidden = _answer(client, "/articles/?person=anna-kim")
    assert hidden[2].replace(b"anna-kim", b"nobody") == unknown[2]


def test_a_spelling_that_is_seen_nowhere_changes_no_proposal(
    client: Client, public: Article
) -> None:
    petroff = make_person("Petroff")
    mention(public, "Anna Kim", petroff)
    address = "/entities/names/?kind=person&field=name&name=Ivan"
    before = _answer(client, address)
    assert b'value="Ivan Petrov"' in before[2]
    petroff.spellings.create(text="Ivan Petrov")
    petroff.spellings.create(text="Ivan the Hidden")
    assert _answer(client, address) == before


@pytest.mark.parametrize("words", ["Anna Kim", "ANNA KIM", "Anna Kims"])
def test_a_spelling_is_seen_where_a_passage_begins_with_it(
    client: Client, make_article: MakeArticle, words: str
) -> None:
    anna = make_person("Somebody", "Anna Kim")
    mention(make_article(html=f"<p>{words} came.</p>"), words, anna)
    assert b"/people/somebody/" in client.get("/people/?q=Anna").content


def test_editors_are_led_from_every_signpost(
    as_editor: Client, public: Article, make_article: MakeArticle, curator: User
) -> None:
    _withhold_and_merge(public, make_article, curator)
    answer = as_editor.get("/people/anna-kim/")
    assert answer["Location"] == "/people/ivan-petrov/"
