"""What is looked for on a page that is drawn: words not Chinese, barriers, small targets, texts over each other.

- :func:`english` – words in Latin letters outside a list of ten. Not looked at: commands, formulas, ids (``code``, ``blockquote``),
  words quoted from data (``translate="no"``) and the titles of works cited.
- :func:`barriers` – serious and critical findings of axe-core, whose script comes with a requirement of the tests.
- :func:`small_targets` – what a finger must hit and is less than 44 px high or wide; links within a sentence are let be.
- :func:`overlapping` – pairs of texts of a drawing whose boxes cover each other.
"""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ALLOWED = frozenset({"excel", "csv", "xlsx", "parquet", "pdf", "mb", "lq", "auc", "flq", "smc"})
"""Programs and kinds of files, a unit, three figures by the names they are known by, and a material."""
NAMED = re.compile(
    r"[\w./+-]+\.(?:xlsx|csv|parquet|duckdb|html|md|py)\b|(?<!\w)\.\w{2,5}\b|• [A-Z, ]+$|\b[A-Z]{1,4}(?:/T)?[ -]?\d[\w.-]*"
)
"""Names of files and of their kinds, and codes with digits: of shares, of norms, of materials."""
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
AXE = Axe()

WORDS = """() => {
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const holder = walk.currentNode.parentElement;
    const aside = holder.closest('script, style, noscript, [data-testid*="Icon"], [translate="no"], code, blockquote, .st-key-works');
    if (!aside && holder.checkVisibility()) found.add(walk.currentNode.data);
  }
  for (const node of document.querySelectorAll('[placeholder], [title], [aria-label], [alt], [data-tip]'))
    for (const name of ['placeholder', 'title', 'aria-label', 'alt', 'data-tip']) {
      const value = node.getAttribute(name);
      if (value && node.checkVisibility()) found.add(value);
    }
  return [document.title, ...found];
}"""

SMALL = """() => {
  const whole = 'label, [data-testid="stTextInputRootElement"], [data-testid="stNumberInputContainer"], .react-aria-ComboBox > div';
  const inSentence = (node) => node.matches('a') && [...node.parentElement.childNodes].some((one) => one.nodeType === 3 && one.data.trim().length > 1);
  const targets = 'a[href], button, summary, input:not([type=hidden], [type=file], [type=range]), [role=tab], [role=option], [role=switch]';
  return [...document.querySelectorAll(targets)].flatMap((node) => {
    if (!node.checkVisibility({visibilityProperty: true, opacityProperty: true}) || inSentence(node)) return [];
    const own = node.getBoundingClientRect();
    if (own.width < 2 || own.height < 8 || own.right <= 0 || node.closest('[aria-hidden=true], .gdg-seveqep')) return [];
    const around = (node.matches('input') && node.closest(whole) || node).getBoundingClientRect();
    const [wide, high] = [Math.max(own.width, around.width), Math.max(own.height, around.height)];
    const name = node.getAttribute('aria-label') || node.innerText || node.id;
    const kind = node.dataset.testid || node.parentElement.className;
    return wide >= 43.5 && high >= 43.5 ? [] : [`${name.slice(0, 20).trim()} ${Math.round(wide)} × ${Math.round(high)} (${node.tagName} in ${kind})`];
  });
}"""

OVERLAPS = """(chosen) => {
  const texts = [...document.querySelectorAll(chosen)].filter((node) => node.textContent.trim() && node.checkVisibility());
  const boxes = texts.map((node) => [node.textContent, node.getBoundingClientRect()]);
  const found = [];
  boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
    const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (wide > 1 && high > 3) found.push(`${a} | ${b} (${wide.toFixed(1)} × ${high.toFixed(1)})`);
  }));
  return found;
}"""


CUT_TABLES = """() => [...document.querySelectorAll('.lt-table-frame')]
  .filter((frame) => frame.scrollWidth > frame.clientWidth + 1)
  .map((frame) => `${frame.querySelector('thead').innerText}: ${frame.scrollWidth} > ${frame.clientWidth}`)"""


def english(page: Page) -> set[str]:
    """Words in Latin letters that the page shows or says, outside the ten allowed."""
    texts = [NAMED.sub("", text) for text in page.evaluate(WORDS)]
    return {word for text in texts for word in re.findall(r"[A-Za-z]{2,}", text) if word.lower() not in ALLOWED}


def barriers(page: Page) -> list[str]:
    """Serious and critical findings of axe-core, each with the elements it is about."""
    found = AXE.run(page, options=RULES).response["violations"]
    return [_told(one) for one in found if one["impact"] in {"serious", "critical"}]


def _told(finding: dict[str, object]) -> str:
    nodes = finding["nodes"]
    assert isinstance(nodes, list)
    return f"{finding['id']}: " + "; ".join(
        f"{node['html'][:160]} {node['failureSummary'][-120:]}" for node in nodes[:4]
    )


def small_targets(page: Page) -> list[str]:
    """What a finger must hit and is less than 44 px high or wide."""
    found: list[str] = page.evaluate(SMALL)
    return found


def overlapping(page: Page, chosen: str = ".lt-map text") -> list[str]:
    """Pairs of the chosen texts that cover each other by more than a hair."""
    found: list[str] = page.evaluate(OVERLAPS, chosen)
    return found


def too_wide(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def cut_tables(page: Page) -> list[str]:
    """Tables that are wider than their frame."""
    found: list[str] = page.evaluate(CUT_TABLES)
    return found
