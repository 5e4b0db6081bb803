"""What axe finds on a page: every rule once, and again those whose answer depends on the theme
or the width."""

from typing import Any, Literal, NamedTuple

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Page

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")


class Look(NamedTuple):
    width: int
    theme: Theme


_QUICK = {"preload": False, "resultTypes": ["violations"]}
_BY_LOOK = ["color-contrast", "scrollable-region-focusable", "target-size"]
LOOKS: dict[Look, dict[str, Any]] = {
    Look(1280, "light"): {"rules": {"target-size": {"enabled": True}}, **_QUICK},
    Look(1280, "dark"): {"runOnly": _BY_LOOK, **_QUICK},
    Look(390, "dark"): {"runOnly": _BY_LOOK, **_QUICK},
}


def bring_axe(page: Page) -> None:
    """Let each page that is opened from now on have axe; it comes by way of the debugger, so
    CSP need not allow it."""
    page.add_init_script(AXE_SCRIPT)


def violations(page: Page) -> dict[str, Look]:
    """Return what axe finds, and in which look; the page is left in the last of them."""
    found: dict[str, Look] = {}
    for look, options in LOOKS.items():
        page.set_viewport_size({"width": look.width, "height": 800})
        page.emulate_media(color_scheme=look.theme)
        page.evaluate(
            "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
        )
        for violation in page.evaluate("(options) => axe.run(options)", options)[
            "violations"
        ]:
            found |= {
                f"{violation['id']}: {node['html'][:200]}": look
                for node in violation["nodes"]
            }
    return found


def sticking_out(page: Page, width: int) -> list[str]:
    """Return what makes the page wider than a window of this `width`."""
    page.set_viewport_size({"width": width, "height": 800})
    found: list[str] = page.evaluate(
        """() => {
          const root = document.documentElement;
          const sticksOut = (one) => one.getBoundingClientRect().right > innerWidth + 1;
          if (root.scrollWidth <= innerWidth) return [];
          const all = [...document.querySelectorAll("body *")].filter(sticksOut);
          const names = all.slice(0, 5).map((one) => `${one.localName}.${one.className}`);
          return [`${root.scrollWidth} px`, ...names];
        }"""
    )
    return found
