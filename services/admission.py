"""What comes onto a list, a trip or a catalogue: a firm that someone else follows only with a reason, which is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.regions import resolve_region
from data.store import Store
from services.claims import claims_on, flags
from services.names import names_of

NAMED = 3
"""Firms left out that are named in a sentence."""

Held = tuple[tuple[str, str, tuple[str, ...]], ...]
"""Firms that were left out: id, name and the claims of others in words."""


class ReasonMissing(ValueError):
    """A firm that someone else follows is to be added, and nothing says why."""

    def __init__(self) -> None:
        super().__init__("没有加入：勾选了“仍要加入”，请先写明理由，例如：已与首谈单位商定同去")


@dataclass(frozen=True)
class Admission:
    """Which of the firms asked come in; said : the claims of others in words, by firm; reason : '' where none was given."""

    firms: tuple[str, ...]
    said: Mapping[str, tuple[str, ...]]
    reason: str

    @property
    def taken(self) -> tuple[str, ...]:
        """Those that nobody else follows, and all of them where a reason was given."""
        return tuple(firm for firm in self.firms if self.reason or firm not in self.said)

    def why(self, firm: str) -> str | None:
        """The reason that is kept beside a firm; None where none was needed."""
        return self.reason if self.reason and firm in self.said else None

    def noted(self, firm: str) -> str:
        """What the audit log says of a firm that was added in spite of a claim, '' where there was none.

        >>> Admission(("f",), {"f": ("甲首谈",)}, "已商定同去").noted("f")
        '：甲首谈；仍要加入：已商定同去'
        """
        why = self.why(firm)
        return "" if why is None else f"：{'，'.join(self.said[firm])}；仍要加入：{why}"

    def held(self, store: Store) -> Held:
        """The firms that were left out."""
        left = [firm for firm in self.firms if firm not in set(self.taken)]
        names = names_of(store, left)
        return tuple((firm, names.get(firm, firm), self.said[firm]) for firm in left)


def admit(
    store: Store,
    home: str,
    firms: Iterable[str],
    actor: str,
    reason: str = "",
    *,
    unit: str = "",
    besides: str = "",
) -> Admission:
    """Look at what others have to do with the firms that are to be added.

    home : code of the home region; unit : of the list or trip; besides : its id, as for ``services.claims.flags``
    """
    asked = tuple(dict.fromkeys(firms))
    said = flags(claims_on(store, resolve_region(store, home), asked), actor, unit, besides=besides)
    return Admission(asked, said, reason.strip())


@dataclass(frozen=True)
class Added:
    """What came of adding firms: how many are new and how many stood there already; which were left out, and why."""

    new: int
    already: int
    flagged: Held
    where: str = "名单"

    @property
    def rest(self) -> str:
        """What became of the others, as the end of a sentence."""
        already = f"，{self.already} 家原已在{self.where}中" if self.already else ""
        return already + told_held(self.flagged)

    @property
    def told(self) -> str:
        """The result in one sentence."""
        return f"已加入 {self.new} 家{self.rest}。"


def told_held(held: Sequence[tuple[str, str, tuple[str, ...]]]) -> str:
    """Which firms were left out and why, as the end of a sentence; '' where none was.

    >>> told_held([("f", "甲厂", ("乙首谈",))])
    '。另有 1 家已有人跟进，未加入（甲厂：乙首谈）；仍要加入的须写明理由'
    """
    if not held:
        return ""
    names = "；".join(f"{name}：{'，'.join(said)}" for _, name, said in held[:NAMED])
    more = " 等" if len(held) > NAMED else ""
    return f"。另有 {len(held)} 家已有人跟进，未加入（{names}{more}）；仍要加入的须写明理由"
