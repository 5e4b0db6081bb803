"""The type of the fixture that signs somebody in in a browser."""

from typing import Protocol

from playwright.sync_api import BrowserContext

from archive.models import User


class SignIn(Protocol):
    def __call__(self, context: BrowserContext, user: User) -> None: ...
