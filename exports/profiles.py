"""For whom a catalogue is taken out, and so what it says: 领导版, 内部版, 对外版."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exports.columns import WORK, Column


@dataclass(frozen=True)
class Profile:
    """What a reader may and wants to see.

    hidden : keys of columns of the main table that are left out; inside : whether gaps, coverage, projects, parameters
    and sources are told (never to the outside)
    """

    key: str
    name: str
    told: str
    hidden: frozenset[str]
    inside: bool

    def columns(self, columns: Iterable[Column]) -> tuple[Column, ...]:
        """The columns that this profile shows."""
        return tuple(column for column in columns if column.key not in self.hidden)


class UnknownProfile(ValueError):
    """No profile of that name."""

    def __init__(self, text: str) -> None:
        known = "、".join(profile.name for profile in PROFILES.values())
        super().__init__(f"没有名为“{text}”的版本；可用：{known}")


_OPINION = frozenset({"score", "completeness", "rank_text", "conflicts", "reason", "tie_text", "action", "evidence"})

PROFILES: dict[str, Profile] = {
    "internal": Profile(
        "internal",
        "内部版",
        "全部列，含得分、依据与需注意的事项",
        frozenset(),
        True,
    ),
    "leader": Profile(
        "leader",
        "领导版",
        "缺口、企业与理由，不含打分的细项",
        frozenset({"completeness", "rank_text", "evidence", "row_id"}),
        True,
    ),
    "outside": Profile(
        "outside",
        "对外版",
        "只有企业的公开登记信息；不含判断、得分、缺口、项目与工作进展",
        _OPINION | WORK | {"expansion_text"},
        False,
    ),
}


def profile_of(text: str) -> Profile:
    """The profile of a key or a name. Raises UnknownProfile."""
    found = next((one for one in PROFILES.values() if text in (one.key, one.name)), None)
    if found is None:
        raise UnknownProfile(text)
    return found
