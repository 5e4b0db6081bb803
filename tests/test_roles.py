"""Every address, opened by everyone: each view says who may use it, and that is who can."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotations.editing import tagging
from annotations.models import Answer, Basket, Figure, Measure, Total
from archive.models import Article, User
from archive.roles import Role
from tests.support.making import MakeArticle, capture_of
from tests.support.marking import allegation, figure, make_person, make_place, mention

SIGNING_IN = "login"
# Addresses that answer a GET with 405.
POSTED_ONLY = {
    "logout",
    "annotations:measure-supersede",
    "annotations:total-delete",
    *(
        f"annotations:basket-{page}"
        for page in ("close", "copy", "delete", "edit", "open")
    ),
    "annotations:answer-delete",
    "annotations:status-delete",
}
# What must be asked for at an address.
QUERIES = {
    "annotations:entity-options": "?kind=person",
    "annotations:entity-names": "?kind=person",
}
# Addresses that lead on to another page.
REDIRECTING = {"annotations:annotation-next", "annotations:annotation-previous"}

# What some form or other would take.
ANYTHING = dict(
    field.split("=")
    for field in (
        "title=New html=<p>New</p> note=New name=New language=ru names-TOTAL_FORMS=1 names-INITIAL_FORMS=0 "
        "names-0-text=New version=1 start=3 end=8 kind=place entity=new revision=1 verdict=reject"
    ).split()
)


@dataclass
class Sample:
    """One archive with one of everything, and for each address what stands in it."""

    article: Article
    arguments: dict[str, list[Any]]


@pytest.fixture
def sample(make_article: MakeArticle, admin: User) -> Sample:
    article = make_article(
        html="<p>In Aktau Ivan Petrov said that 15 people died. He fired first. They shot twice.</p>"
    )
    content = b"A day in Aktau"
    capture = capture_of(article, content)
    named = mention(article, "Ivan Petrov", make_person("Ivan Petrov"))
    mention(article, "Aktau", make_place("Aktau"))
    deaths = Measure.objects.create(name="People killed")
    Figure.objects.filter(annotation=figure(article, "15 people")).update(
        measure=deaths
    )
    total = Total.objects.create(measure=deaths, note="Counted once")
    claim = allegation(article, "He fired first")
    denial = allegation(article, "He fired").allegation
    link = Answer.objects.create(
        claim=claim.allegation, answer=denial, relation="denies"
    )
    gone = allegation(article, "They shot twice")
    act = tagging.delete(gone.pk, gone.revision, admin)
    basket = Basket.objects.create(owner=admin, name="Shared", is_shared=True)
    passage = [named.pk]
    return Sample(
        article,
        {
            "archive:capture-original": [article.slug, capture.sha256],
            "archive:version-detail": [article.slug, 1],
            "archive:version-text": [article.slug, 1],
            "annotations:passage-detail": [article.slug, 1, 3, 8],
            "annotations:person-detail": ["ivan-petrov"],
            **{
                f"annotations:person-{page}": ["ivan-petrov"]
                for page in ("edit", "embargo", "merge", "split", "spellings")
            },
            "annotations:place-detail": ["aktau"],
            **{
                f"annotations:place-{page}": ["aktau"]
                for page in ("edit", "embargo", "merge", "split", "spellings")
            },
            **{
                f"annotations:measure-{page}": [deaths.slug]
                for page in ("detail", "edit", "export", "supersede")
            },
            "annotations:total-create": [deaths.slug],
            "annotations:total-delete": [deaths.slug, total.pk],
            **{
                f"annotations:{page}": [claim.pk]
                for page in ("allegation-detail", "answer-create", "status-create")
            },
            "annotations:answer-delete": [claim.pk, link.pk],
            "annotations:status-delete": [claim.pk, claim.allegation.statuses.get().pk],
            "annotations:annotation-detail": passage,
            "annotations:annotation-jsonld": passage,
            "annotations:annotation-export": passage,
            "annotations:annotation-next": passage,
            "annotations:annotation-previous": passage,
            "annotations:annotation-edit": passage,
            "annotations:annotation-delete": passage,
            "annotations:annotation-apply": passage,
            "annotations:act-detail": [act.pk],
            **{
                f"annotations:basket-{page}": [basket.pk]
                for page in (
                    "copy",
                    "delete",
                    "detail",
                    "detail-export",
                    "edit",
                    "open",
                )
            },
        },
    )


@dataclass
class Place:
    name: str
    view: Any
    takes_slug: bool

    def __str__(self) -> str:
        return self.name


def all_places(patterns: list[Any] | None = None, space: str = "") -> Iterator[Place]:
    """Yield all addresses but those of Django's admin site, whose own tests hold it to its
    rules."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != admin.site.name:
                yield from all_places(
                    pattern.url_patterns,
                    f"{pattern.namespace}:" if pattern.namespace else space,
                )
        elif isinstance(pattern, URLPattern):
            name = f"{space}{pattern.name}" if pattern.name else "archive:article-list"
            yield Place(name, pattern.callback, "slug" in pattern.pattern.converters)


PLACES = list(all_places())
CAST = {"anonymous": None, **{role.value: role for role in Role}}


def address(place: Place, sample: Sample) -> str:
    address = reverse(
        place.name,
        args=sample.arguments.get(
            place.name, [sample.article.slug] if place.takes_slug else []
        ),
    )
    return address + QUERIES.get(place.name, "")


def client_of(who: str) -> Client:
    client = Client()
    role = CAST[who]
    if role:
        user, _created = User.objects.get_or_create(
            username=role.value, defaults={"role": role}
        )
        client.force_login(user)
    return client


def may(who: str, place: Place) -> bool:
    return (CAST[who] or Role.READER).includes(place.view.open_to)


def contents() -> dict[str, list[dict[str, Any]]]:
    """Everything that both apps keep, but for the accounts, which remember who signed in
    when."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label in ("archive", "annotations") and model is not User
    }


def test_the_walk_meets_every_address_of_both_apps() -> None:
    names = {place.name for place in PLACES}
    assert len(names) >= 35
    assert {"archive:home", "annotations:export", "login", "logout"} <= names


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_every_view_declares_who_may_use_it(place: Place) -> None:
    assert isinstance(getattr(place.view, "open_to", None), Role), (
        f"{place.name}: no @open_to above its view"
    )


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_page_opens_for_whom_it_is_declared_and_for_nobody_else(
    place: Place, who: str, sample: Sample
) -> None:
    response = client_of(who).get(address(place, sample))
    if not may(who, place):
        expected = 302 if CAST[who] is None else 403
    elif place.name in POSTED_ONLY:
        expected = 405
    else:
        expected = 302 if place.name in REDIRECTING else 200
    assert response.status_code == expected
    if not may(who, place) and CAST[who] is None:
        assert response.headers["Location"].startswith(
            f"/login/?next={quote(address(place, sample))}"
        )


@pytest.mark.parametrize(
    ("place", "who"),
    [
        (place, who)
        for place in PLACES
        for who in CAST
        if not may(who, place) or place.view.open_to == Role.READER
    ],
    ids=str,
)
def test_what_is_posted_without_the_right_changes_nothing(
    place: Place, who: str, sample: Sample
) -> None:
    client = client_of(who)
    before = contents()
    response = client.post(
        address(place, sample),
        ANYTHING
        | {
            "reports": SimpleUploadedFile(
                "new.txt", b"# New\n\nThis is a new report.\n"
            )
        },
    )
    assert response.status_code < 500
    assert contents() == before


def test_a_page_that_is_not_for_a_role_says_for_whom_it_is(
    reader: User, client: Client
) -> None:
    client.force_login(reader)
    response = client.get(reverse("archive:article-import"))
    assert response.status_code == 403
    assert "This page is for the role “Curator”" in response.content.decode()


@pytest.mark.django_db
def test_a_right_is_asked_for_before_an_address_is_looked_up(
    client: Client, django_assert_num_queries: Any
) -> None:
    """So that who may not edit cannot find out what there is."""
    address = reverse("archive:article-edit", args=["no-such-article"])
    # The one query is that for a page which may be kept.
    with django_assert_num_queries(1):
        response = client.get(address)
    assert response.status_code == 302


def test_accounts_are_managed_by_admins_only(
    reader: User, curator: User, admin: User
) -> None:
    statuses = []
    for user in (reader, curator, admin):
        client = Client()
        client.force_login(user)
        statuses.append(client.get("/admin/archive/user/").status_code)
    assert statuses == [302, 302, 200]
