"""The legend of the map and of every table with labels."""

from __future__ import annotations

from exports.theme import LABEL_STYLES
from pages.components.html import esc, label_chip


def legend(*, on_map: bool = False, folded: bool = False, below: str = "") -> str:
    """The five labels; on the map also its other marks. HTML.

    folded : whether cards stand for groups; below : whose figures stand at the foot of cards, empty for nobody's
    """
    chips = "".join(f'<span class="lt-key">{label_chip(key)}</span>' for key in LABEL_STYLES)
    return f'<div class="lt-legend">{chips}{_map_marks() if on_map else ""}{_asked_for(folded, below)}</div>'


def _asked_for(folded: bool, below: str) -> str:
    groups = '<span class="lt-key">白色叠卡：一组环节，图形后的数字是各判定的个数，点击展开</span>' if folded else ""
    foot = f'<span class="lt-key"><span class="lt-key-below"></span>卡片下沿：{esc(below)}，底色为黄的判定不同</span>'
    return groups + (foot if below else "")


def _map_marks() -> str:
    return (
        '<span class="lt-key"><span class="lt-key-critical">关</span>关键环节</span>'
        '<span class="lt-key"><b>3</b> / 8.2　本地企业 / 应有企业（家）</span>'
        '<span class="lt-key"><span class="lt-key-pending">签1 效0</span>已签约未有效（在建补链）</span>'
        '<span class="lt-key"><span class="lt-key-effective">签2 效1</span>签约数、有效数</span>'
        '<span class="lt-key"><span class="lt-key-in"></span>供应来源</span>'
        '<span class="lt-key"><span class="lt-key-out"></span>供应去向，线越粗本地需求越大</span>'
    )
