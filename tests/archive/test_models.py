from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from archive.compression import compress
from archive.models import (
    Article,
    Author,
    Capture,
    TextVersion,
    User,
    Viewer,
)
from archive.roles import Role
from archive.text.canonical import canonicalise
from tests.support.making import MakeArticle, capture_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article()


# What is written once


def test_a_text_version_is_never_changed(article: Article) -> None:
    article.version.text = "Something else."

    with pytest.raises(TypeError, match="text version is never changed"):
        article.version.save()

    assert TextVersion.objects.get().text == "Nothing happened."


def test_a_capture_is_never_changed(article: Article) -> None:
    capture = capture_of(article)
    capture.filename = "b.txt"

    with pytest.raises(TypeError, match="capture is never changed"):
        capture.save()


def test_the_same_bytes_are_kept_once(article: Article) -> None:
    capture_of(article)

    with pytest.raises(IntegrityError), transaction.atomic():
        capture_of(article)


def test_bytes_and_texts_know_whether_they_are_intact(article: Article) -> None:
    capture = capture_of(article)
    assert (capture.is_intact(), article.version.is_intact()) == (True, True)

    Capture.objects.update(compressed=compress(b"other"))
    TextVersion.objects.update(text="other")

    assert not Capture.objects.get().is_intact()
    assert not TextVersion.objects.get().is_intact()


def test_a_list_of_captures_can_leave_their_bytes_where_they_are(
    article: Article,
) -> None:
    capture_of(article)

    capture = Capture.objects.without_content().get()
    assert "compressed" in capture.get_deferred_fields()


# Versions


def test_versions_are_numbered_and_the_last_is_current(article: Article) -> None:
    first = article.version

    second = article.add_version(
        canonicalise("<p>Much happened.</p>"), previous=first, note="Corrected."
    )

    article.refresh_from_db()
    assert (first.number, second.number, article.current_version) == (1, 2, second)
    assert article.version.text == "Much happened."
    assert second.previous == first


def test_the_current_text_changes_with_the_version_in_hand(article: Article) -> None:
    assert article.version.number == 1

    article.add_version(canonicalise("<p>Much happened.</p>"))

    assert article.version.number == 2


def test_an_article_without_a_text_says_so() -> None:
    with pytest.raises(TextVersion.DoesNotExist):
        _ = Article.objects.create(title="Empty").version


# Authors and topics


def test_authors_keep_the_order_of_the_byline(article: Article) -> None:
    article.set_authors(["Vera Example", "Aset Example", "Vera Example"])

    assert article.byline == "Vera Example; Aset Example"
    assert [byline.author.name for byline in article.bylines.all()] == [
        "Vera Example",
        "Aset Example",
    ]


def test_setting_authors_again_replaces_them(article: Article) -> None:
    article.set_authors(["Vera Example", "Aset Example"])
    article.set_authors(["Aset Example", "Berik Example"])

    article.refresh_from_db()
    assert article.byline == "Aset Example; Berik Example"
    assert [byline.author.name for byline in article.bylines.all()] == [
        "Aset Example",
        "Berik Example",
    ]


def test_one_author_of_two_articles_is_one_author(make_article: MakeArticle) -> None:
    make_article(authors=["Vera Example"])
    make_article(authors=["Vera Example"])

    assert Author.objects.get().articles.count() == 2


def test_topics_are_a_set(article: Article) -> None:
    article.set_topics(["Strikes", "Wages", "Strikes"])
    article.set_topics(["Wages", "Ports"])

    assert sorted(topic.name for topic in article.topics.all()) == ["Ports", "Wages"]


# Addresses and dates


def test_slugs_are_unique(make_article: MakeArticle) -> None:
    assert [make_article(title="In Aktau").slug for _ in range(2)] == [
        "in-aktau",
        "in-aktau-2",
    ]


def test_a_slug_stays_when_the_title_changes(article: Article) -> None:
    article.title = "Another title"
    article.save()

    assert article.slug == "a-day-in-aktau"


def test_an_article_sorts_by_the_first_day_that_its_date_can_mean(
    article: Article,
) -> None:
    article.published = "2011-12~"
    article.save()

    assert Article.objects.get().sort_date == date(2011, 12, 1)


def test_an_article_with_a_date_that_is_none_is_not_saved(article: Article) -> None:
    article.published = "last week"

    with pytest.raises(ValueError, match="is not a date in EDTF"):
        article.save()


def test_lists_run_by_date_and_articles_without_one_stand_at_the_far_end(
    make_article: MakeArticle,
) -> None:
    for published in ("2011-12-19", "", "2011-12", "2012"):
        make_article(title=published or "undated", published=published)

    def in_order(articles: object) -> list[str]:
        return [article.title for article in articles]  # type: ignore[attr-defined]

    assert in_order(Article.objects.newest_first()) == [
        "2012",
        "2011-12-19",
        "2011-12",
        "undated",
    ]
    assert in_order(Article.objects.in_reading_order()) == [
        "undated",
        "2011-12",
        "2011-12-19",
        "2012",
    ]


def test_an_article_says_its_language_its_direction_and_its_date(
    make_article: MakeArticle,
) -> None:
    article = make_article(language="ar", published="2011-12-16")

    assert (article.language_name, article.direction) == ("Arabic", "rtl")
    assert article.published_display == "16 December 2011"


# Who sees what


def test_readers_see_what_is_public_and_editors_see_all(
    make_article: MakeArticle, reader: User, editor: User, curator: User, admin: User
) -> None:
    shown = make_article(title="Shown")
    hidden = make_article(title="Hidden", is_public=False)

    def seen_by(user: Viewer) -> set[Article]:
        return set(Article.objects.visible_to(user))

    assert seen_by(AnonymousUser()) == seen_by(reader) == {shown}
    assert seen_by(editor) == seen_by(curator) == seen_by(admin) == {shown, hidden}


def test_each_role_may_do_what_the_one_before_it_may() -> None:
    assert [role for role in Role if Role.CURATOR.includes(role)] == [
        Role.READER,
        Role.EDITOR,
        Role.CURATOR,
    ]


def test_what_an_account_may_do_follows_from_its_role(
    editor: User, curator: User, admin: User
) -> None:
    assert [
        (user.is_editor, user.is_curator, user.is_staff)
        for user in (editor, curator, admin)
    ] == [
        (True, False, False),
        (True, True, False),
        (True, True, True),
    ]


def test_an_admin_who_becomes_an_editor_loses_the_admin_pages(admin: User) -> None:
    admin.role = Role.EDITOR
    admin.save()

    assert (admin.is_staff, admin.is_superuser) == (False, False)


def test_a_superuser_made_on_the_command_line_is_an_admin() -> None:
    user = User.objects.create_superuser("root", "root@example.org", "password")

    assert (user.role, user.is_staff, user.is_superuser) == (Role.ADMIN, True, True)
