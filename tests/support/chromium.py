"""The Chromium that the browser tests drive: found, or installed once.

    python -m tests.support.chromium

prints the path of the executable. It looks at the CHROMIUM environment variable, at PATH, and
at the browsers that Playwright has downloaded; only when none is there does it install one.
Playwright offers no way to say "use what the system has", and its own download is often out of
reach, so the look-up is ours.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# The fonts matter: without them Cyrillic and Kazakh text measures zero wide, and cannot be
# selected.
DEBIAN_PACKAGES = ("chromium", "fonts-dejavu-core")


def find() -> str | None:
    """Return the path of a Chromium, or None. A CHROMIUM that names no executable is None as
    well."""
    if wanted := os.environ.get("CHROMIUM"):
        return shutil.which(wanted)
    return (
        next(filter(None, map(shutil.which, NAMES)), None)
        or _downloaded_by_playwright()
    )


def _downloaded_by_playwright() -> str | None:
    caches = [
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or "~/.cache/ms-playwright",
        "~/Library/Caches/ms-playwright",
    ]
    executables = [
        "chromium-*/chrome-linux*/chrome",
        "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    ]
    found = (
        path
        for cache in caches
        for glob in executables
        for path in Path(cache).expanduser().glob(glob)
    )
    return max(map(str, found), default=None)


def install() -> None:
    """Install a Chromium with the system's packages where we may, otherwise with Playwright's
    download."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            [
                "apt-get",
                "install",
                "-y",
                "-qq",
                "--no-install-recommends",
                *DEBIAN_PACKAGES,
            ],
        ):
            # Its chatter goes to stderr: stdout is for the path alone.
            subprocess.run(
                command,
                env=quiet,
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr,
                check=False,
            )
        # Ubuntu's "chromium" package is a stub that needs snap: look again before trusting it.
        if find():
            return
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(playwright, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)


def main() -> int:
    if wanted := os.environ.get("CHROMIUM"):
        if not shutil.which(wanted):
            print(
                f"CHROMIUM is set to {wanted}, which is not an executable file.",
                file=sys.stderr,
            )
            return 1
    elif not find():
        print(
            "No Chromium found; installing one for the browser tests.", file=sys.stderr
        )
        install()
    if path := find():
        print(path)
        return 0
    print(
        "No Chromium could be installed. Install Chromium or Google Chrome by hand (on Debian, as root: "
        f"apt-get install {' '.join(DEBIAN_PACKAGES)}), or set CHROMIUM to the path of one.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
