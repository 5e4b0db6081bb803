"""From one mention to the next, through the whole archive."""

from django.test import Client
from django.urls import reverse

from annotations.models import Annotation, State
from archive.ingest.pipeline import correct_text
from archive.models import User
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person, mention


def after(client: Client, mark: Annotation) -> str:
    return client.get(reverse("annotations:annotation-next", args=[mark.pk])).headers[
        "Location"
    ]


def before(client: Client, mark: Annotation) -> str:
    return client.get(
        reverse("annotations:annotation-previous", args=[mark.pk])
    ).headers["Location"]


def test_it_goes_through_the_text_then_through_the_articles_by_date_and_round(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    late = make_article("Late", "<p>Petrov once more.</p>", published="2012-01-26")
    early = make_article("Early", "<p>Petrov met Petrov.</p>", published="2011-12-19")
    undated = make_article("Undated", "<p>Petrov again.</p>")
    marks = [
        mention(undated, "Petrov", petrov),
        mention(early, "Petrov", petrov),
        mention(early, "Petrov", petrov, nth=1),
        mention(late, "Petrov", petrov),
    ]
    ways = [after(client, mark) for mark in marks]
    assert ways == [mark.get_passage_url() for mark in (*marks[1:], marks[0])]
    back = [before(client, mark) for mark in marks]
    assert back == [mark.get_passage_url() for mark in (marks[-1], *marks[:-1])]


def test_articles_of_the_same_day_follow_each_other(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    marks = [
        mention(
            make_article(f"Report {n}", "<p>Petrov.</p>", published="2011-12-19"),
            "Petrov",
            petrov,
        )
        for n in range(3)
    ]
    assert [after(client, mark) for mark in marks] == [
        mark.get_passage_url() for mark in (*marks[1:], marks[0])
    ]


def test_a_single_mention_leads_to_itself(
    client: Client, make_article: MakeArticle
) -> None:
    mark = mention(make_article(html="<p>Petrov.</p>"), "Petrov", make_person("Petrov"))
    assert after(client, mark) == mark.get_passage_url()


def test_readers_pass_over_suggestions_and_withheld_articles(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    first = mention(
        make_article("A", "<p>Petrov.</p>", published="2011-12-01"), "Petrov", petrov
    )
    mention(
        make_article("B", "<p>Petrov.</p>", published="2011-12-02", is_public=False),
        "Petrov",
        petrov,
    )
    mention(
        make_article("C", "<p>Petrov.</p>", published="2011-12-03"),
        "Petrov",
        petrov,
        State.SUGGESTED,
    )
    last = mention(
        make_article("D", "<p>Petrov.</p>", published="2011-12-04"), "Petrov", petrov
    )
    assert after(client, first) == last.get_passage_url()
    assert before(client, last) == first.get_passage_url()


def test_an_orphan_leads_on_from_where_it_stood(
    client: Client, curator: User, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    article = make_article(html="<p>Petrov.</p>", published="2011-12-01")
    orphan = mention(article, "Petrov", petrov)
    following = mention(
        make_article(html="<p>Petrov.</p>", published="2011-12-02"), "Petrov", petrov
    )
    correct_text(article, "<p>Nobody.</p>", curator, "Misread")
    assert after(client, orphan) == following.get_passage_url()


def test_a_figure_has_no_next_mention(
    client: Client, make_article: MakeArticle
) -> None:
    mark = figure(make_article(html="<p>15 people died.</p>"), "15 people")
    assert after(client, mark) == before(client, mark) == mark.get_passage_url()


def test_a_mention_that_a_reader_may_not_see_is_no_page(
    client: Client, make_article: MakeArticle
) -> None:
    mark = mention(
        make_article(html="<p>Petrov.</p>", is_public=False),
        "Petrov",
        make_person("Petrov"),
    )
    for name in ("next", "previous"):
        assert (
            client.get(
                reverse(f"annotations:annotation-{name}", args=[mark.pk])
            ).status_code
            == 404
        )
