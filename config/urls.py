"""Every address of the archive. Where a page shows both the record and what is tagged in it, it
is composed here."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from annotations.filters import TaggedArticleFilter
from archive.permissions import open_to
from archive.roles import Role
from archive.views.articles import article_list

urlpatterns = [
    path("articles/", article_list, {"filterset": TaggedArticleFilter}),
    path("", include("archive.urls")),
    path("", include("annotations.urls")),
    path("login/", open_to(Role.READER)(auth.LoginView.as_view()), name="login"),
    path("logout/", open_to(Role.READER)(auth.LogoutView.as_view()), name="logout"),
    path("admin/", admin.site.urls),
]
