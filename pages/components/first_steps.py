"""The three steps from an empty store to the first answer: which are done, and the way to the next."""

from __future__ import annotations

from pages import cached
from pages.components.html import anchor, esc
from pages.components.url import link
from services.first_steps import first_steps

STEPS = {
    "home": ("设定本地区域", "省、市、区县均可，按名称或代码查找", "去设定本地区域"),
    "firms": ("导入企业名录", "Excel、CSV 或 Parquet，先检查再写入", "去导入企业"),
    "matched": ("匹配企业与产业链环节", "按经营范围判断每家企业属于哪个环节", "去匹配"),
}


def steps_box() -> str:
    """The steps as a list with what is done, and a link to the next."""
    steps = first_steps(cached.store())
    items = "".join(_item(name, bool(getattr(steps, name)), name == steps.next) for name in STEPS)
    go = STEPS[steps.next][2] if steps.next else "去数据管理"
    return f'<ol class="lt-steps">{items}</ol>{anchor(go, link("data_admin"), "lt-go lt-go-main")}'


def _item(name: str, done: bool, is_next: bool) -> str:
    title, how, _ = STEPS[name]
    mark, word = ("✓", "已完成") if done else ("→", "下一步") if is_next else ("·", "之后")
    css = "lt-step-done" if done else "lt-step-next" if is_next else ""
    return f'<li class="{css}"><b aria-hidden="true">{mark}</b><span>{esc(title)}<small>{esc(how)}</small></span><em>{word}</em></li>'
