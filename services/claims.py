"""首报首谈: who follows a firm already, so that two units do not call on it without knowing of each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from chains.words import STAGES
from data.regions import Region
from data.sql import load_sql
from data.store import Store
from services.kinship import Kin, kin_among
from services.projects import projects_of

ENDED = "terminated"
NO_UNIT = "责任单位无数据"
MOST_OF_GROUP = 3
"""Claims on others of a firm's group that are told one by one."""
_WEIGHT = ("project", "talks", "list", "trip")


@dataclass(frozen=True)
class Claim:
    """One reason to speak with someone before calling on a firm.

    kind : project (of the home region), talks, list or trip; who : a person, '' for a project; unit : '' unknown
    since : first day known, None where none is; state : of the project or of the talks, in words
    ref_id : of the project, list or trip; name : its name; shared : whether others may know that name
    first : whether nobody put the firm on a list before (首报)
    kin : the firm of its group that the claim is on, None where it is on the firm itself
    """

    firm_id: str
    kind: str
    who: str
    unit: str
    since: date | None
    state: str
    ref_id: str
    name: str
    shared: bool
    first: bool = True
    kin: Kin | None = None

    @property
    def binding(self) -> bool:
        """Whether a reason is wanted: not where only an inferred brand ties the two firms."""
        return self.kin is None or self.kin.recorded

    def is_of(self, actor: str, unit: str = "") -> bool:
        """Whether it is the person's own, or that of the person's unit."""
        return (self.who != "" and self.who == actor) or (self.unit != "" and self.unit == unit)

    def told(self, actor: str) -> str:
        """The claim in words, as far as ``actor`` may know.

        >>> Claim("f", "talks", "甲", "", date(2026, 3, 2), "在谈", "", "", True).told("乙")
        '甲首谈（2026-03-02），现为在谈'
        """
        return self._told_of_itself(actor) if self.kin is None else f"{self.kin.told}：{self._told_of_itself(actor)}"

    def _told_of_itself(self, actor: str) -> str:
        since = "日期无数据" if self.since is None else f"{self.since:%Y-%m-%d}"
        name = f"“{self.name}”" if self.shared or self.who == actor else "（未共享）"
        by = self.who + (f"（{self.unit}）" if self.unit else "")
        if self.kind == "project":
            return f"{self.unit or NO_UNIT}：本地已有项目“{self.name}”，{self.state}（首见 {since}）"
        if self.kind == "talks":
            return f"{by}首谈（{since}），现为{self.state}"
        if self.kind == "trip":
            return f"{by}已排入行程{name}，定于 {self.state} 拜访"
        return f"{by}首报（{since}），在名单{name}" if self.first else f"{by}也列入名单{name}（{since}）"


def claims_on(
    store: Store, home: Region, firms: Iterable[str], projects: pd.DataFrame | None = None
) -> dict[str, tuple[Claim, ...]]:
    """Everyone who follows one of the firms or another of its group, by firm; firms that nobody follows are left out.

    Those on the firm itself come first, projects before the rest, then by date; then those on its group, the nearest first.

    Parameters
    ----------
    projects : of the home region (``services.projects.projects_of``), where they are known already; ended ones are no claims
    """
    asked = sorted(set(firms))
    known = projects_of(store, home) if projects is None else projects
    followed = {firm for (firm,) in store.rows(load_sql("claimed_firms"), {"home": home.adcode})}
    kin = kin_among(store, asked, sorted(followed | set(known.firm_id.dropna())))
    own = _own(store, home, {*asked, *(one.firm_id for group in kin.values() for one in group)}, known)
    found = {
        firm: (
            *own.get(firm, ()),
            *(replace(claim, firm_id=firm, kin=one) for one in kin.get(firm, ()) for claim in own.get(one.firm_id, ())),
        )
        for firm in asked
    }
    return {firm: claims for firm, claims in found.items() if claims}


def flags(
    claims: Mapping[str, tuple[Claim, ...]], actor: str, unit: str = "", *, besides: str = ""
) -> dict[str, tuple[str, ...]]:
    """What is to be minded by firm, in words: the claims of others on it and on firms that are recorded as of its group.

    besides : id of the list or trip that is being worked on; what stands there is no claim against it
    """
    return _told(claims, actor, unit, besides, binding=True)


def hints(claims: Mapping[str, tuple[Claim, ...]], actor: str, unit: str = "") -> dict[str, tuple[str, ...]]:
    """What may be worth a question by firm, in words: the claims of others on firms of the same brand, which is inferred."""
    return _told(claims, actor, unit, "", binding=False)


def with_claims(
    store: Store, home: Region, targets: pd.DataFrame, actor: str, projects: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Explained targets with what ``actor`` is to mind of their followers among the conflicts, where their own projects stand."""
    known = claims_on(store, home, targets.firm_id, projects)
    said = flags(
        {firm: tuple(one for one in found if one.kin or one.kind != "project") for firm, found in known.items()}, actor
    )
    told = [[*said.get(firm, ()), *row] for firm, row in zip(targets.firm_id, targets.conflicts, strict=True)]
    return targets.assign(conflicts=pd.Series(told, index=targets.index, dtype="object"))


def _told(
    claims: Mapping[str, tuple[Claim, ...]], actor: str, unit: str, besides: str, *, binding: bool
) -> dict[str, tuple[str, ...]]:
    others = {
        firm: [
            one
            for one in found
            if one.binding == binding and one.ref_id != (besides or None) and not one.is_of(actor, unit)
        ]
        for firm, found in claims.items()
    }
    return {firm: _in_words(found, actor) for firm, found in others.items() if found}


def _in_words(found: Sequence[Claim], actor: str) -> tuple[str, ...]:
    group = sorted((one for one in found if one.kin is not None), key=lambda one: _WEIGHT.index(one.kind))
    own = [one for one in found if one.kin is None]
    told = [one.told(actor) for one in (*own, *group[:MOST_OF_GROUP])]
    more = len(group) - MOST_OF_GROUP
    return (*told, f"关联企业另有 {more} 条跟进") if more > 0 else tuple(told)


def _own(store: Store, home: Region, firms: Iterable[str], projects: pd.DataFrame) -> dict[str, list[Claim]]:
    """The claims on the very firms."""
    asked = sorted(firms)
    found: dict[str, list[Claim]] = {}
    for claim in _projects(store, projects[projects.firm_id.isin(asked)]):
        found.setdefault(claim.firm_id, []).append(claim)
    for row in store.rows(load_sql("claims"), {"firms": asked, "home": home.adcode}):
        firm_id, kind, who, unit, since, state, ref_id, name, shared = row
        before = found.setdefault(firm_id, [])
        first = not any(one.kind == kind for one in before)
        before.append(
            Claim(firm_id, kind, who, unit, since.date(), state or "", ref_id or "", name or "", shared, first)
        )
    return found


def _projects(store: Store, rows: pd.DataFrame) -> list[Claim]:
    """The projects that are under way or done, as claims; the first day each was heard of."""
    rows = rows[rows.stage.isna() | (rows.stage != ENDED)]
    if rows.empty:
        return []
    days = store.query(load_sql("project_first_days")).set_index("project_id").first_on
    return [
        Claim(
            row.firm_id, "project", "", "" if pd.isna(row.unit) else row.unit, _day(days.get(row.project_id)),
            "阶段无数据" if pd.isna(row.stage) else STAGES[row.stage], row.project_id, row.name_, True,
        )
        for row in rows.rename(columns={"name": "name_"}).itertuples()
    ]  # fmt: skip


def _day(value: object) -> date | None:
    moment = pd.Timestamp(value) if value is not None else pd.NaT
    return None if pd.isna(moment) else moment.date()
