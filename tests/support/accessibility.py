"""What is wrong with a page for who cannot see or aim well, in lines."""

from typing import Final

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

RULES: Final = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
"""WCAG 2.2 A and AA, and axe's own advice. axe leaves `target-size` out unless it is asked."""

LEAST_PX: Final = 24
"""Width and height of what is pressed, by WCAG 2.5.8."""

_SMALL_TARGETS: Final = """(least) => {
    const pressed = "button, a[href], input, select, textarea, summary, "
        + "[role=button], [role=option], [role=switch], [role=tab], [tabindex='0'][role]";
    const isLarge = (element) => {
        const { width, height } = element.getBoundingClientRect();
        return Math.round(width * 10) >= least * 10 && Math.round(height * 10) >= least * 10;
    };
    const isWords = (node) => node.nodeType === Node.TEXT_NODE && /\\p{L}{2}/u.test(node.data);
    const isInSentence = (element) => element.matches("a")
        && getComputedStyle(element).display === "inline"
        && [...element.parentElement.childNodes].some(isWords);
    return [...document.querySelectorAll(pressed)]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .filter((element) => !element.closest(".skip-link, .scan-field"))
        .filter((element) => !isInSentence(element))
        .filter((element) => ![element, ...(element.labels ?? [])].some(isLarge))
        .map((element) => {
            const { width, height } = element.getBoundingClientRect();
            return `small target: ${width}x${height} ${element.outerHTML.slice(0, 90)}`;
        });
}"""
"""Stricter than axe, which lets a small target be when it has room around it.

Links within a sentence may be as high as its line; the skip link and the field of the scanner are
seen by nobody who presses them.
"""


async def violations(page: Page) -> list[str]:
    """One line per fault and element; empty when the page is accessible as far as can be told."""
    results = await Axe().run(page, options=RULES)
    small: list[str] = await page.evaluate(_SMALL_TARGETS, LEAST_PX)
    return small + [
        f"{violation['id']}: {node['target']}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
