"""Placeholders in templates: a word in braces and nothing else, so that no template can reach into an object."""

from __future__ import annotations

from collections.abc import Container
from string import Formatter


def wrong_placeholder(text: str, allowed: Container[str]) -> str:
    """What is wrong with the placeholders of a text, empty where nothing is.

    >>> wrong_placeholder("{本地}目录", ("本地",)), wrong_placeholder("{本地.x}", ("本地",)), wrong_placeholder("{本", ("本",))
    ('', '占位词 {本地.x} 不存在', '花括号不成对')
    """
    try:
        found = [parts[1:] for parts in Formatter().parse(text) if parts[1] is not None]
    except ValueError:
        return "花括号不成对"
    for word, form, conversion in found:
        if word not in allowed:
            return f"占位词 {{{word}}} 不存在"
        if form or conversion:
            return f"占位词 {{{word}}} 后面多了别的字"
    return ""
