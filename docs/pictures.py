"""Make the pictures of the README from the demonstration: `make pictures`.

A temporary archive is filled and served for as long as it takes; the archive in `var/` is not
touched.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from tests.support import chromium

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
WIDTH = 1280
START_SECONDS = 60

ARTICLE = "articles/oil-workers-rally-in-aktau-while-a-minister-explains-the-gunfire/"
PICTURES = {
    # name: the address, and how many pixels of the page from its top
    "reading": (ARTICLE, 1060),
    "person": ("people/kalmukhambet-kasymov/", 1060),
    "figures": ("figures/people-killed-in-the-unrest-of-december-2011/", 1180),
    "desk": (f"{ARTICLE}annotate/", 860),
}


@contextmanager
def demonstration() -> Iterator[tuple[str, str]]:
    """Serve the demonstration from a temporary archive; yield its address and the password of
    its editor."""
    with TemporaryDirectory(prefix="testimonia-") as folder:
        environment = {**os.environ, "DEBUG": "true", "DATA_DIR": folder}
        environment.pop("DATABASE_URL", None)
        _manage("migrate", "--verbosity", "0", environment=environment)
        told = _manage("load_demo", environment=environment)
        (password,) = re.findall(r"demo-editor, password (\S+)", told)
        port = _free_port()
        address = f"http://127.0.0.1:{port}/"
        serve = [
            sys.executable,
            "manage.py",
            "runserver",
            "--noreload",
            f"127.0.0.1:{port}",
        ]
        server = subprocess.Popen(
            serve,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(address, server)
            yield address, password
        finally:
            server.terminate()
            server.wait()


def take(page: Page, address: str, height: int, path: Path) -> None:
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    # The notes are placed once more when the fonts are there.
    page.wait_for_timeout(300)
    if page.locator(".desk").count():
        page.get_by_role("button", name="By name").click()
        page.locator("#text .mark.person").nth(1).focus()
        page.keyboard.press("Enter")
        page.get_by_role("option").first.wait_for()
    page.screenshot(path=path)


def sign_in(page: Page, address: str, password: str) -> None:
    page.goto(f"{address}login/")
    page.get_by_label("Username").fill("demo-editor")
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").wait_for()


def main() -> int:
    executable = chromium.find()
    if executable is None:
        sys.stderr.write("No Chromium: run `python -m tests.support.chromium` first.\n")
        return 1
    FOLDER.mkdir(exist_ok=True)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with demonstration() as (address, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        page = browser.new_page(color_scheme="light", reduced_motion="reduce")
        for name, (place, height) in PICTURES.items():
            path = FOLDER / f"{name}.png"
            if name == "desk":
                sign_in(page, address, password)
            take(page, address + place, height, path)
            sys.stdout.write(
                f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB\n"
            )
        browser.close()
    return 0


def _manage(*arguments: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urlopen(address, timeout=5).close()  # noqa: S310 our own address
        except URLError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("The demonstration could not be served.") from None
            time.sleep(0.1)
        else:
            return


if __name__ == "__main__":
    sys.exit(main())
