"""A segment's definition taken apart: the statements that say what belongs, and those that say what does not."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.matching.verbs import (
    FRAME,
    GENERIC_REST,
    LEADING,
    MAKE,
    MODIFIER,
    MOVE,
    SERVE,
    STORE,
    TEST,
    VERB,
    verbs_in,
)

#: Words behind a thing that does not belong: 只销售的不算, 配件除外, 施工不在此列.
_CLOSES = r"不算|不计入?|除外|不属于?|不在此列|不在其列|不在内|不在范围|不纳入|不列入|不统计|不归入?|不作数|剔除|排除在外|另列|另计|另算|另归"
#: Words before it: 不含粉末涂料, 不包括施工, 而非销售.
_OPENS = r"不含|不包括|不包含|不涉及|而非|而不是|并非|不是"
_CLOSING = re.compile(rf"{_CLOSES}|(?:{_OPENS})(?:在内|其中)?$")
_OPENING = re.compile(rf"(?:{_OPENS})(?!在内|其中|$)")
NEGATIVE = re.compile(rf"{_CLOSES}|{_OPENS}")
#: What begins a denial that a closing word ends further on, over commas too; 只计制造 begins none.
_ONLY = re.compile(r"^(?:但|而|其中|凡|对于)?(?:(?:只|仅)(?!计|算|限|统计|包括|含|要|有)|单纯|单独|纯粹?|普通|附带|无)")
_ALSO = re.compile(r"也算|也计入?|算在内|计在内|计算在内|^(?:也|还|均|并|另)?(?:含|包括|包含)|^(?:也|还)")
_GOES_ON = re.compile(r"^(?:(?:也|以及|及|或者?|和|与|还有)|(?:只|仅|单纯))")
_EXCEPT = re.compile(r"除(?!外|尘|草|湿|臭|锈|虫|油|铁)([^，；。]{1,30}?)(?:之外|以外|外)的?")


@lru_cache(maxsize=4096)
def statements(definition: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Statements of what belongs and of what does not; a bracket belongs to its statement unless it denies by itself.

    A closing word denies back to the 只, 仅 or 单纯 that opens the denial, over commas, never over ； or 。.

    >>> statements("制造阀门；只销售，只维修的不算")
    (('制造阀门',), ('只销售', '只维修的不算'))
    """
    flat = re.sub(r"[（(]([^（）()]*)[)）]", lambda m: f"；{m[1]}；" if NEGATIVE.search(m[1]) else m[0], definition)
    affirmed: list[str] = []
    denied: list[str] = []
    for number, statement in enumerate(part for part in re.split(r"[；;。\n]", flat) if part.strip()):
        good, bad = _read(_pieces(statement), number == 0)
        affirmed += good
        denied += bad
    return tuple(affirmed), tuple(denied)


def _pieces(statement: str) -> list[str]:
    """Parts between commas (not those in brackets); a denial that begins within one becomes a part of its own."""
    apart = _EXCEPT.sub(lambda m: f"，不含{m[1]}，", statement)
    out: list[str] = []
    for piece in re.split(r"[，,](?![^（(]*[)）])", apart):
        begin = _OPENING.search(piece)
        ahead = re.sub(r"^(?:但|也|均|都|其中|以上|上述|本环节|并|且)+", "", piece[: begin.start()]) if begin else ""
        # 制造水泵但不含配件
        cut = (
            [piece[: begin.start()].rstrip("但并且也"), piece[begin.start() :]] if begin and len(ahead) > 1 else [piece]
        )
        out += [part.strip() for part in cut if part.strip()]
    return out


def _read(pieces: list[str], first: bool) -> tuple[list[str], list[str]]:
    """Parts of one statement that affirm and that deny; in the first a closing word denies its own part alone."""
    good: list[str] = []
    bad: list[str] = []
    waiting: list[str] = []
    opened = excluding = False
    for piece in pieces:
        if _CLOSING.search(piece):
            bad += [*waiting, piece]
            waiting, opened, excluding = [], False, bool(_OPENING.search(piece))
        elif _OPENING.search(piece) or (excluding and _GOES_ON.search(piece)):
            good, waiting = [*good, *waiting], []
            bad.append(piece)
            excluding = True
        elif _ALSO.search(piece) and not opened:
            good, waiting, excluding = [*good, *waiting, piece], [], False
        else:
            if _ONLY.search(piece) and not opened:
                good, waiting, opened = [*good, *waiting], [], True
            elif first and not opened:
                good, waiting = [*good, *waiting], []
            waiting.append(piece)
            excluding = False
        if first and not opened:
            good, waiting = [*good, *waiting], []
    return [*good, *waiting], bad


_ITEM = re.compile(r"[，、；。/（）()]|或者?|以及|及其?|和|与|并")
_WHOLE = re.compile(rf"^(?:{FRAME})*(?:{VERB}|再生利用)+(?:等|的|业务|服务)*$")
_BEHIND = re.compile(rf"(?:{VERB})(?:等|的|业务|服务|企业)*$")
_BEFORE = re.compile(rf"^(?:{FRAME})*((?:{VERB})*(?:{LEADING}))(.+)$")
_KIND_OF = re.compile(MODIFIER)
_THING_OF = re.compile(GENERIC_REST)
_SERVICES = TEST | MOVE | STORE | SERVE


@lru_cache(maxsize=4096)
def asked(text: str) -> int:
    """Verb bits of what an affirmed text says is done, leaving out verbs that name a kind of thing (检测仪器, 水处理设备).

    >>> from analysis.matching.verbs import BUILD, MAKE, REPAIR
    >>> asked("建造、修理船舶") == BUILD | REPAIR, asked("制造检测仪器、水处理设备") == MAKE
    (True, True)
    """
    bits = 0
    for part in re.split("[，；。]", text):
        made = 0
        for item in filter(None, map(str.strip, _ITEM.split(part))):
            lead, trail = _verbs_of(item)
            # in a list of what is made, these name things: 制造叉车、搬运车
            bits |= (lead | trail) & ~_SERVICES if made else lead | trail
            made |= lead & MAKE
    return bits


def _verbs_of(item: str) -> tuple[int, int]:
    """Verb bits before and behind the noun of one item."""
    if _WHOLE.search(item):
        return 0, verbs_in(item)
    ahead, behind = _BEFORE.search(item), _BEHIND.search(item)
    if ahead and ahead[2][0] not in "的所性":
        lead = _KIND_OF.sub("", ahead[1]) if _THING_OF.search(ahead[2]) else ahead[1]
        if lead:
            return verbs_in(lead), 0
    return 0, verbs_in(behind[0]) if behind and behind[0] != "处理" else 0
