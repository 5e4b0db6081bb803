"""python -m benchmarks [--articles N] [--only PART,…], as docs/performance.md has it."""

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

PARTS = "pages commands check match names box desk".split()


def main(arguments: list[str]) -> int:
    options = _read(arguments)
    # So that the folder is deleted.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        _set_environment(folder)
        import django

        django.setup()
        from benchmarks.run import load, run, smoke

        if options.load:
            return load(options.articles, options.load)
        if options.smoke:
            return smoke(options.articles)
        return run(options.articles, options.only)


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure the archive beside its floors and print the tables in Markdown.",
        epilog="Example: python -m benchmarks --articles 10000 --only pages > pages.md",
    )
    parser.add_argument(
        "--articles", type=int, default=1000, help="how many invented articles (1000)"
    )
    parser.add_argument(
        "--only",
        type=_parts,
        default=set(PARTS),
        help=f"some of {','.join(PARTS)}; else all",
    )
    parser.add_argument(
        "--smoke",
        action="store_true",
        help="only see that no page takes several times what it may",
    )
    parser.add_argument(
        "--load",
        type=int,
        default=0,
        metavar="SECONDS",
        help="only let many readers and editors work at once for so long",
    )
    return parser.parse_args(arguments)


def _parts(words: str) -> set[str]:
    parts = set(words.split(","))
    if unknown := parts - set(PARTS):
        raise argparse.ArgumentTypeError(
            f"{', '.join(sorted(unknown))}: not one of {', '.join(PARTS)}"
        )
    return parts


def _set_environment(folder: str) -> None:
    """Let the settings read a deployment's environment, with all data in `folder`; a
    DATABASE_URL is kept."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DATA_DIR": folder,
        "DEBUG": "false",
        "HTTPS": "false",
        "SECRET_KEY": "for measuring only, in a folder that is deleted",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
    }
    Path(folder, "static").mkdir()
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/testimonia.sqlite3")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
