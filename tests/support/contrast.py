"""Contrast of what is written on a page, by WCAG 2.2, against the ground it stands on."""

from playwright.async_api import Page

_SCRIPT = """(least) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgba = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([red, green, blue]) => {
        const [r, g, b] = [red, green, blue].map((each) => {
            const share = each / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const over = (top, under) => {
        const share = top[3] / 255;
        return [0, 1, 2].map((n) => top[n] * share + under[n] * (1 - share)).concat(255);
    };
    const groundOf = (element) => {
        const layers = [];
        for (let each = element; each; each = each.parentElement) {
            const style = getComputedStyle(each);
            const color = rgba(style.backgroundColor);
            const drawn = /rgb[^)]*\\)/.exec(style.backgroundImage);
            if (drawn && color[3] === 0) layers.push(rgba(drawn[0]));
            else layers.push(color);
            if (layers.at(-1)[3] === 255) break;
        }
        return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 255]);
    };
    const weak = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        const element = text.parentElement;
        if (!text.textContent.trim() || element.closest(".visually-hidden, script")) continue;
        if (!element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })) continue;
        const ground = groundOf(element);
        const ink = over(rgba(getComputedStyle(element).color), ground);
        const [dark, bright] = [light(ink), light(ground)].sort((a, b) => a - b);
        const ratio = (bright + 0.05) / (dark + 0.05);
        const said = `${element.className || element.tagName}: ${text.textContent.trim()}`;
        if (ratio < least) weak.push(`${ratio.toFixed(2)} ${said}`);
    }
    return [...new Set(weak)];
}"""


async def weak_contrasts(page: Page, least: float) -> list[str]:
    """Texts whose contrast is below ``least``; empty when there are none."""
    found: list[str] = await page.evaluate(_SCRIPT, least)
    return found
