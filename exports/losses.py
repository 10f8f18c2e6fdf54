"""What a file cannot hold of a catalogue, in sentences: said in the file and to who takes it out."""

from __future__ import annotations

from exports.content import CatalogueContent
from exports.plain_text import CELL_LIMIT, UNWRITABLE, too_long

NAMED = 5
"""Firms that are named in a sentence; the others are counted."""


def told_losses(content: CatalogueContent) -> tuple[str, ...]:
    """Sentences on texts of firms that a cell of Excel cuts, and on signs that stand as their codes; none is the usual case."""
    cut: list[str] = []
    coded: list[str] = []
    names = content.items["name"].tolist()
    for column in content.items.columns[[kind == "object" or kind == "str" for kind in content.items.dtypes]]:
        texts = [_text(value) for value in content.items[column].tolist()]
        if max(map(len, texts), default=0) * 2 > CELL_LIMIT:
            cut += [str(name) for name, text in zip(names, texts, strict=True) if too_long(text)]
        # one look at all of them: that there is nothing is the usual case
        if UNWRITABLE.search("".join(texts)):
            coded += [str(name) for name, text in zip(names, texts, strict=True) if UNWRITABLE.search(text)]
    told = (
        (cut, f"有文字超过 Excel 单元格的 {CELL_LIMIT:,} 字，Excel 里截断并注明，Word、PDF 与网页里不截断"),
        (coded, "有任何文件都不能写的控制字符，以编码如〔U+0007〕写出"),
    )
    return tuple(f"{_named(names)}：{sentence}。" for names, sentence in told if names)


def _text(value: object) -> str:
    """The text of a cell; those of a list stand in one cell."""
    if isinstance(value, str):
        return value
    return "；".join(map(str, value)) if isinstance(value, list | tuple) else ""


def _named(names: list[str]) -> str:
    firms = list(dict.fromkeys(names))
    short = "、".join(name if len(name) <= 40 else f"{name[:40]}…" for name in firms[:NAMED])
    return f"{short}{f'等 {len(firms)} 家' if len(firms) > NAMED else ''}"
