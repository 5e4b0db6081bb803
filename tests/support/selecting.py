"""Selecting words on a page, without any of the code that is tested: by the mouse, or by a
Range on text nodes."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page

from archive.models import Article

_FIND = """
const find = (words, atEnd) => {
  const nodes = [];
  const root = document.querySelector(".desk #text") ?? document.querySelector("main");
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) nodes.push(walker.currentNode);
  let at = nodes.map((node) => node.data).join("").indexOf(words);
  if (at < 0) throw new Error(`“${words}” is not on this page`);
  at += atEnd ? words.length : 0;
  for (const node of nodes) {
    if (atEnd ? at <= node.length : at < node.length) return [node, at];
    at -= node.length;
  }
};
"""


def select(page: Page, first: str, last: str, *, backwards: bool = False) -> None:
    """Select from where `first` begins to where `last` ends, each where it first stands on the
    page."""
    page.evaluate(
        f"""([first, last, backwards]) => {{
          {_FIND}
          const [from, to] = [find(first, false), find(last, true)];
          getSelection().setBaseAndExtent(...(backwards ? [...to, ...from] : [...from, ...to]));
        }}""",
        [first, last, backwards],
    )


def drag_over(page: Page, first: str, last: str) -> None:
    """Press the mouse where `first` begins, draw it to where `last` ends, and let go."""
    x1, y1, x2, y2 = page.evaluate(
        f"""([first, last]) => {{
          {_FIND}
          const edge = (words, atEnd) => {{
            const [node, at] = find(words, atEnd);
            node.parentElement.scrollIntoView({{ block: "center" }});
            const range = document.createRange();
            range.setStart(node, atEnd ? at - 1 : at);
            range.setEnd(node, atEnd ? at : at + 1);
            return range;
          }};
          const [start, end] = [edge(first, false), edge(last, true)];
          const [from, to] = [start.getBoundingClientRect(), end.getBoundingClientRect()];
          return [from.left + 1, from.top + from.height / 2, to.right - 0.5, to.top + to.height / 2];
        }}""",
        [first, last],
    )
    page.mouse.move(x1, y1)
    page.mouse.down()
    page.mouse.move(x2, y2, steps=8)
    page.mouse.up()


def bar(page: Page) -> Locator:
    return page.get_by_role("toolbar", name=re.compile("selection"))


def await_bar(page: Page) -> None:
    """The bar comes a moment after the selection has come to rest."""
    bar(page).get_by_role("link").last.wait_for()


def offered_offsets(page: Page) -> tuple[int, int]:
    """Return the code points that the bar's links give for what is selected."""
    address = bar(page).get_by_role("link").first.get_attribute("href") or ""
    query = parse_qs(urlsplit(address).query)
    return int(query["start"][0]), int(query["end"][0])


def offered_words(page: Page, article: Article) -> str:
    """Return what stands in the archive's text at the offsets that the bar gives."""
    await_bar(page)
    start, end = offered_offsets(page)
    return article.version.text[start:end]


def text_bytes(page: Page) -> bytes:
    """Return the `textContent` of the text on the page, in UTF-8."""
    content: str = page.evaluate("document.getElementById('text').textContent")
    return content.encode()


def served_bytes(page: Page, url: str) -> bytes:
    """Return the body of the article's `…/text/`."""
    return page.request.get(f"{url}text/").body()
