"""Projects of a region: their state, the segments they serve, and what they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import pandas as pd

from analysis.coverage import coverage, project_status
from analysis.coverage_weights import best_known_layer, money_shares, over_served, priority_shares
from chains.model import Chain, Kind
from chains.words import MONEY_LAYERS, STAGES
from data.regions import Region
from data.sql import load_sql
from data.store import Store
from services.audit import record
from services.packages import installed_chain


class UnknownProject(KeyError):
    """No project of that id."""

    def __str__(self) -> str:
        return f"没有编号为 {self.args[0]} 的项目"


class WrongEvent(ValueError):
    """A stage that does not exist or a date that has not come."""


def projects_of(store: Store, region: Region) -> pd.DataFrame:
    """Projects of the region, one row each, with nominal and effective.

    project_id, name, place, adcode, industry_text, origin, firm_id, unit, note, source_id, as_of, stage (NA unknown),
    stage_on, stage_text, planned_cny, agreement_cny, contract_cny, paid_in_cny (NA unknown), n_segments.
    """
    sql = load_sql("region_projects").replace("{region}", region.where_sql)
    return project_status(store.query(sql, region.params))


def has_register(store: Store) -> bool:
    """Whether the store holds a register of projects: some project, or an import of projects in force.

    Without one nothing is known of projects; with one, a project that it does not name does not exist. A lead that was
    brought home from a trip is a project, but no register.
    """
    [(known,)] = store.rows(
        "SELECT EXISTS (FROM project WHERE source_id <> 'homecoming') OR EXISTS (FROM import_batch WHERE kind = 'projects' AND undone_at IS NULL)"
    )
    return bool(known)


def attached_projects(store: Store, region: Region, chain_id: str) -> pd.DataFrame:
    """Projects of the region attached to segments of the chain: the columns of :func:`projects_of` and segment_id.

    One row a project and segment.
    """
    links = store.query("SELECT DISTINCT project_id, segment_id FROM project_segment WHERE chain_id = ?", [chain_id])
    return projects_of(store, region).merge(links, on="project_id")


@dataclass(frozen=True)
class ChainCoverage:
    """Coverage of a chain's gaps as a whole and by stage, and the projects behind it; tables are made when asked for.

    labels, gaps : of the chain's segments; projects : the region's, attached to the chain
    known : whether there is a register of projects; without one counts and shares are NA and ``projects`` is empty
    layer : the layer of money that amounts are of, a key of ``chains.words.MONEY_LAYERS``
    """

    labels: pd.DataFrame
    gaps: pd.DataFrame
    projects: pd.DataFrame
    known: bool
    layer: str

    @cached_property
    def whole(self) -> pd.DataFrame:
        """One row: the columns of ``analysis.coverage.coverage``, ``priority_shares`` and ``money_shares``."""
        return self._by(None)

    @cached_property
    def by_stage(self) -> pd.DataFrame:
        """As :attr:`whole`, one row a stage (stage_name)."""
        return self._by("stage_name")

    @cached_property
    def table(self) -> pd.DataFrame:
        """The whole chain and its stages below one another; scope names the row, money_layer the layer in words."""
        rows = pd.concat([self.whole, self.by_stage.rename(columns={"stage_name": "scope"})], ignore_index=True)
        return rows.assign(money_layer=MONEY_LAYERS[self.layer])

    @cached_property
    def over(self) -> pd.DataFrame:
        """Strong segments that still have signed projects (``analysis.coverage_weights.over_served``)."""
        return over_served(self.labels, self._register, self.layer)

    @property
    def _register(self) -> pd.DataFrame | None:
        return self.projects if self.known else None

    def _by(self, by: str | None) -> pd.DataFrame:
        rows = coverage(self.labels, by).join(priority_shares(self.gaps, by), on=by or "scope")
        return rows.join(money_shares(self.labels, self._register, self.layer, by), on=by or "scope")


def chain_coverage(
    projects: pd.DataFrame, labels: pd.DataFrame, gaps: pd.DataFrame, layer: str | None = None
) -> ChainCoverage:
    """Nominal and effective coverage of a chain's gaps by its attached projects: counted, by priority, and by money.

    layer : the money to count; None for the one that is known of most of the signed projects
    """
    known = bool(labels.nominal.notna().all())
    return ChainCoverage(labels, gaps, projects, known, layer or best_known_layer(projects))


def attach(
    store: Store, project_id: str, chain_id: str, segment_id: str, *, actor: str, at: datetime, evidence: str
) -> None:
    """Attach a project to a segment; doing it twice changes nothing. Raises UnknownProject, KeyError (segment)."""
    _require(store, project_id)
    installed_chain(store, chain_id).segment(segment_id)
    with store.write() as cursor:
        key = [project_id, chain_id, segment_id]
        cursor.execute("DELETE FROM project_segment WHERE project_id = ? AND chain_id = ? AND segment_id = ?", key)
        cursor.execute("INSERT INTO project_segment VALUES (?, ?, ?, ?, ?, ?, NULL)", [*key, actor, at, evidence])
        record(cursor, at, actor, "attach", f"{project_id} → {chain_id}/{segment_id}")


def projects_by_name(store: Store, chains: Sequence[Chain]) -> pd.DataFrame:
    """Projects that stand in no segment yet and whose name says one.

    A project is looked up in the chain its source names as industry (industry_text = the chain's name); the segment is
    the production segment with the longest keyword that occurs in the project's name. Others are left for a person to decide.

    Returns
    -------
    one row a project: project_id, name, chain_id, segment_id, evidence.
    """
    by_name = {chain.name: chain for chain in chains}
    waiting = store.rows(
        "SELECT project_id, name, industry_text FROM project "
        "WHERE industry_text IS NOT NULL AND project_id NOT IN (SELECT project_id FROM project_segment) ORDER BY name"
    )
    found = []
    for project_id, name, industry in waiting:
        chain = by_name.get(industry)
        named = _named_segment(chain, name) if chain else None
        if chain and named:
            found.append((project_id, name, chain.id, named[0], f"项目名称含“{named[1]}”"))
    return pd.DataFrame(found, columns=["project_id", "name", "chain_id", "segment_id", "evidence"])


def _named_segment(chain: Chain, text: str) -> tuple[str, str] | None:
    hits = [
        (len(keyword), keyword, segment.id)
        for segment in chain.segments
        if segment.kind == Kind.PRODUCTION and not any(exclusion in text for exclusion in segment.exclusions)
        for keyword in segment.keywords
        if keyword in text
    ]
    if not hits:
        return None
    _, keyword, segment_id = max(hits)
    return segment_id, keyword


def detach(store: Store, project_id: str, chain_id: str, segment_id: str, *, actor: str, at: datetime) -> None:
    """Take a project off a segment."""
    with store.write() as cursor:
        key = [project_id, chain_id, segment_id]
        cursor.execute("DELETE FROM project_segment WHERE project_id = ? AND chain_id = ? AND segment_id = ?", key)
        record(cursor, at, actor, "detach", f"{project_id} → {chain_id}/{segment_id}")


def add_event(
    store: Store, project_id: str, stage: str, *, on_date: date, actor: str, at: datetime, note: str = ""
) -> None:
    """Append a stage to a project's log. Raises UnknownProject, WrongEvent (unknown stage, future date)."""
    _require(store, project_id)
    if stage not in STAGES:
        raise WrongEvent(f"不认识的阶段“{stage}”；可用：{'、'.join(STAGES)}")
    if on_date > at.date():
        raise WrongEvent(f"日期 {on_date} 晚于今天，不能登记尚未发生的进展")
    with store.write() as cursor:
        text = note or STAGES[stage]
        row = [project_id, stage, text, on_date, at, actor, None, "manual"]
        cursor.execute("INSERT INTO project_event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        record(cursor, at, actor, "project_event", f"{project_id} {stage} {on_date}")


def _require(store: Store, project_id: str) -> None:
    if not store.rows("SELECT 1 FROM project WHERE project_id = ?", [project_id]):
        raise UnknownProject(project_id)
