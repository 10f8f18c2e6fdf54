"""Names of worksheets: Excel refuses some signs, more than 31 of them, and a name twice."""

from __future__ import annotations

from exports.plain_text import visible

LONGEST = 31
_SIGNS = str.maketrans("[]:*?/\\'\n", "【】：＊？／＼’ ")


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name like the one wanted that a new sheet may have; it is then taken.

    >>> taken = set(); sheet_name("上游/原料", taken), sheet_name("上游/原料", taken)
    ('上游／原料', '上游／原料（2）')
    """
    plain = visible(wanted).translate(_SIGNS).strip()[:LONGEST] or "表"
    name, number = plain, 1
    while name.casefold() in taken or name.casefold() == "history":
        number += 1
        mark = f"（{number}）"
        name = plain[: LONGEST - len(mark)] + mark
    taken.add(name.casefold())
    return name
