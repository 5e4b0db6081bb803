"""Four roles, each of which may do all that the one before it may."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from archive.models import Article, User, Viewer
from archive.permissions import open_to
from archive.roles import Role, role_of
from tests.support.making import MakeArticle


@open_to(Role.EDITOR)
def for_editors(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Come in")


def ask(user: Viewer, **headers: str) -> int:
    request = RequestFactory().get("/desk/?q=1", headers=headers)
    request.user = user
    return for_editors(request).status_code


def test_a_role_includes_those_below_it() -> None:
    assert [[role.includes(other) for other in Role] for role in Role] == [
        [True, False, False, False],
        [True, True, False, False],
        [True, True, True, False],
        [True, True, True, True],
    ]


def test_whoever_is_not_signed_in_is_a_reader() -> None:
    assert role_of(AnonymousUser()) == Role.READER


def test_a_view_opens_to_its_role_and_those_above(
    editor: User, curator: User, admin: User
) -> None:
    assert [ask(user) for user in (editor, curator, admin)] == [200, 200, 200]
    assert for_editors.open_to == Role.EDITOR  # type: ignore[attr-defined]


def test_readers_with_an_account_are_told_for_whom_it_is(reader: User) -> None:
    with pytest.raises(PermissionDenied, match="role “Editor”"):
        ask(reader)


def test_what_somebody_sends_is_not_taken_for_what_another_does(
    editor: User, curator: User
) -> None:
    assert ask(editor, **{"X-Sent-By": str(editor.pk)}) == 200
    with pytest.raises(PermissionDenied, match="Somebody else"):
        ask(curator, **{"X-Sent-By": str(editor.pk)})


def test_readers_without_an_account_are_asked_to_sign_in_and_come_back(
    db: None,
) -> None:
    request = RequestFactory().get("/desk/?q=1")
    request.user = AnonymousUser()
    response = for_editors(request)
    assert (response.status_code, response.headers["Location"]) == (
        302,
        "/login/?next=/desk/%3Fq%3D1",
    )


def test_signing_in_leads_back_to_the_page_that_asked_for_it(
    client: Client, editor: User
) -> None:
    asked = client.get("/review/").headers["Location"]
    response = client.post(
        asked, {"username": "editor", "password": "editor", "next": "/review/"}
    )
    assert response.headers["Location"] == "/review/"
    assert client.get("/review/").status_code == 200


def test_signing_in_does_not_lead_to_other_sites(client: Client, editor: User) -> None:
    response = client.post(
        "/login/",
        {"username": "editor", "password": "editor", "next": "https://evil.example/"},
    )
    assert response.headers["Location"] == "/"


def test_an_account_that_is_closed_may_do_nothing_more(
    as_editor: Client, editor: User
) -> None:
    editor.is_active = False
    editor.save()
    assert as_editor.get("/review/").status_code == 302


def test_only_admins_reach_the_accounts_whatever_was_set_by_hand(reader: User) -> None:
    reader.is_staff = reader.is_superuser = True
    reader.save()
    assert (reader.is_staff, reader.is_superuser) == (False, False)
    reader.role = Role.ADMIN
    reader.save()
    assert reader.is_staff


def test_who_is_made_a_superuser_on_the_command_line_is_an_admin(db: None) -> None:
    assert User.objects.create_superuser("root", password="root").role == Role.ADMIN


def test_readers_see_the_public_articles_and_editors_all(
    make_article: MakeArticle, reader: User, editor: User
) -> None:
    make_article("Public")
    make_article("Withheld", is_public=False)
    seen = [
        {article.title for article in Article.objects.visible_to(user)}
        for user in (AnonymousUser(), reader, editor)
    ]
    assert seen == [{"Public"}, {"Public"}, {"Public", "Withheld"}]
