"""Automatic checks of the accessibility of procman's part of a page."""

import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

FOCUSABLE = """panel => [...panel.querySelectorAll('a[href], button, input, select, textarea, summary, [contenteditable], [tabindex="0"]')]
  .filter(each => !each.disabled && each.checkVisibility({ visibilityProperty: true }))
  .filter(each => each.type !== 'radio' || each.checked)"""  # of a group, the one that the focus comes to
NAME = """each => [each.tagName, each.labels?.[0]?.innerText || each.ariaLabel || each.innerText || each.placeholder]
  .join(' ').trim().slice(0, 60)"""
# The outline of what has the focus, or of the label around it.
OUTLINED = """each => [each, each.closest('label')].some(one => one
  && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 2)"""
# What reaches beyond the window or is cut off, other than in a region that scrolls by itself and takes the focus.
BEYOND = """panel => [...panel.querySelectorAll('*')]
  .filter(each => !each.parentElement.closest('.procman-scroll') && each.checkVisibility())
  .filter(each => each.getBoundingClientRect().right > Math.min(innerWidth, panel.parentElement.getBoundingClientRect().right) + 1)
  .map(each => `${each.tagName} ${each.className}`)"""


def settled(part: Locator, script: str, seconds: float = 5) -> list[str]:
    """What a script finds wrong in a part of the page once the page is laid out anew: what is still so after a while."""
    end = time.monotonic() + seconds
    while (found := part.evaluate(script)) and time.monotonic() < end:
        part.page.wait_for_timeout(100)
    return found


def violations(page: Page, *scope: str) -> list[str]:
    """What axe-core finds wrong in the parts of the page that the selectors name."""
    context = {"include": [[selector] for selector in scope]}
    found = Axe().run(page, context, {"preload": False, "resultTypes": ["violations"]}).response["violations"]
    return sorted(f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"])


def walk(part: Locator) -> tuple[list[str], list[str], list[str]]:
    """Tab through a part of the page: its controls, those that the focus reached, in order, and those that do not show it."""
    page = part.page
    controls = part.evaluate(f"panel => ({FOCUSABLE})(panel).map({NAME})")
    part.evaluate(f"panel => ({FOCUSABLE})(panel)[0].focus()")
    reached, plain = [], []
    for step in range(len(controls)):
        # The first control gets the focus by key, too: to and fro.
        for key in ["Tab"] if step else ["Tab", "Shift+Tab"]:
            page.keyboard.press(key)
        inside, name, outlined = part.evaluate(
            f"panel => (each => [panel.contains(each), ({NAME})(each), ({OUTLINED})(each)])(document.activeElement)"
        )
        if not inside:
            break
        reached.append(name)
        if not outlined:
            plain.append(name)
    return controls, reached, plain
