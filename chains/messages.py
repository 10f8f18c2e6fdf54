"""Chinese sentences for what is wrong with a chain file."""

from __future__ import annotations

from typing import Any

from pydantic_core import ErrorDetails

_SENTENCES = {
    "missing": "缺少字段 {field}",
    "extra_forbidden": "不认识字段 {field}",
    "string_type": "{field} 应是文字，却是 {given}（数字代码请加引号）",
    "string_too_short": "{field} 不能为空",
    "string_pattern_mismatch": "{field} 的写法不对：{given}（应符合 {pattern}）",
    "enum": "{field} 是 {given}，只能是 {expected}",
    "too_short": "{field} 至少要有一项",
    "greater_than": "{field} 是 {given}，应大于 {gt}",
    "less_than_equal": "{field} 是 {given}，应不超过 {le}",
    "float_parsing": "{field} 应是数字，却是 {given}",
    "float_type": "{field} 应是数字，却是 {given}",
    "tuple_type": "{field} 应是列表，却是 {given}",
    "model_type": "{field} 应有自己的字段，却是 {given}",
    "date_type": "{field} 应是日期（年-月-日），却是 {given}",
    "date_parsing": "{field} 应是日期（年-月-日），却是 {given}",
    "date_from_datetime_parsing": "{field} 应是日期（年-月-日），却是 {given}",
}


def chinese_reason(error: ErrorDetails) -> str:
    """One Chinese sentence for a validation error, naming the field by its path."""
    values: dict[str, Any] = dict(error.get("ctx") or {})
    values |= {"field": _field_path(error["loc"]), "given": _shortened(error["input"])}
    sentence = _SENTENCES.get(error["type"], "{field} 的值不合规：{given}")
    return sentence.format(**values)


def _field_path(location: tuple[int | str, ...]) -> str:
    """segments[3].kind, counted from 1 as a reader counts."""
    text = ""
    for step in location:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return text.lstrip(".") or "文件"


def _shortened(value: object) -> str:
    text = "空" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
