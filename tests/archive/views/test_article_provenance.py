"""How an article came here, and how to check that it is still what came in."""

from django.test import Client

from archive.compression import compress
from archive.ingest.pipeline import correct_text, take_in
from archive.models import Article, Capture, TextVersion, User
from tests.support.making import MakeArticle
from tests.support.pages import Node, page_of

REPORT = "# Day three\n\nDecember 19, 2011\n\n✘Fifteen people died here, officials said.\n\n✘The town is closed.\n"


def take(curator: User) -> Article:
    return take_in(REPORT.encode(), "day.txt", curator).article


def table(page: Node, heading: str) -> list[list[str]]:
    section = next(
        part for part in page.all("section") if part.one("h2").words == heading
    )
    return [
        [cell.words for cell in row.all("td")] for row in section.one("tbody").all("tr")
    ]


def provenance(client: Client, article: Article, query: str = "") -> Node:
    return page_of(client.get(f"{article.get_absolute_url()}provenance/{query}"))


def test_it_names_the_file_and_its_hash_and_tells_editors_who_sent_it(
    client: Client, as_editor: Client, curator: User
) -> None:
    article = take(curator)
    capture = Capture.objects.get()
    assert "curator" not in provenance(client, article).words
    ((name, sha256, size, encoding, received),) = table(
        provenance(as_editor, article), "Captures"
    )
    assert (name, sha256, size) == (
        "day.txt",
        capture.sha256,
        str(len(REPORT.encode())),
    )
    assert encoding.upper().startswith("UTF-8")
    assert received.endswith(", curator")


def test_it_lists_what_was_done_in_order_with_what_was_cleaned(
    client: Client, curator: User
) -> None:
    events = [
        event.words
        for event in provenance(client, take(curator)).one("ol", cls="events").all("li")
    ]
    assert any("✘" in event and "2 times" in event for event in events), events
    assert any("day.txt came in" in event for event in events)


def test_every_version_is_there_with_what_it_was_made_from(
    client: Client, curator: User
) -> None:
    article = take(curator)
    correct_text(
        article, "<p>Sixteen people died.</p>", curator, "The number was misread"
    )
    page = provenance(client, article)
    versions = table(page, "Text versions")
    assert [row[0] for row in versions] == ["1 · text", "2 current · text"]
    assert [row[1] for row in versions] == [
        "day.txt",
        "version 1: The number was misread",
    ]
    for number in ("1", "2"):
        assert client.get(page.link(number)).status_code == 200


def test_verify_now_computes_the_hashes_again(client: Client, curator: User) -> None:
    article = take(curator)
    page = provenance(client, article)
    assert "intact" not in page.one("main").words
    page = provenance(client, article, page.link("Verify now"))
    assert [
        row[-1] for row in table(page, "Captures") + table(page, "Text versions")
    ] == [
        "intact",
        "intact",
    ]


def test_verify_now_tells_what_has_changed(client: Client, curator: User) -> None:
    article = take(curator)
    Capture.objects.update(compressed=compress(b"Something else"))
    TextVersion.objects.update(text="Something else")
    page = provenance(client, article, "?verify")
    assert table(page, "Captures")[0][-1] == "changed since it came in"
    assert table(page, "Text versions")[0][-1] == "changed since it was made"


def test_it_shows_how_titles_and_names_are_understood_when_they_are_cited(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article(
        "Расстрел",
        title_transliterated="Rasstrel",
        title_translated="A shooting",
        authors=["Aida Example", "The Post"],
    )
    facts = provenance(client, article).one("dl", cls="facts")
    shown = dict(
        zip(
            (dt.words for dt in facts.all("dt")),
            (dd.words for dd in facts.all("dd")),
            strict=True,
        )
    )
    assert (shown["Title in Latin letters"], shown["Title in English"]) == (
        "Rasstrel",
        "A shooting",
    )
    assert (shown["Byline"], shown["Authors as cited"]) == (
        "Aida Example; The Post",
        "Example, Aida; The Post",
    )


def test_an_article_without_a_file_says_so(client: Client, curator: User) -> None:
    article = take(curator)
    TextVersion.objects.update(capture=None)
    Capture.objects.all().delete()
    for query in ("", "?verify"):
        assert table(provenance(client, article, query), "Captures") == [
            ["No file was kept."]
        ]
