"""Whether a page can be read: its visible texts, their colours, and what lies behind them."""

from playwright.sync_api import Page

#: The visible texts with their colour and the nearest painted background, walked up the tree.
_TEXTS = """() => {
  const channels = text => text.match(/[\\d.]+/g).map(Number);
  const behind = node => {
    for (let n = node; n; n = n.parentElement) {
      const c = channels(getComputedStyle(n).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const seen = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), node = walker.currentNode.parentElement;
    const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    if (!text || !box.width || parseFloat(style.fontSize) < 2 || style.opacity === '0') continue;
    seen.push([text.slice(0, 40), channels(style.color).slice(0, 3), behind(node)]);
  }
  return seen;
}"""

SeenText = tuple[str, list[float], list[float]]


def visible_texts(page: Page) -> list[SeenText]:
    """Answer each visible text (its first 40 letters) with its colour and its background, in RGB."""
    return [(str(text), colour, back) for text, colour, back in page.evaluate(_TEXTS)]


def faint_texts(page: Page, least: float = 4.5) -> list[SeenText]:
    """Answer the texts that differ less from their background than WCAG 2.1, 1.4.3 asks."""
    return [seen for seen in visible_texts(page) if contrast(seen[1], seen[2]) < least]


def luminance(rgb: list[float]) -> float:
    """Answer how light a colour is, from 0 to 1."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[float], other: list[float]) -> float:
    """Answer how much two colours differ, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
