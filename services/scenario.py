"""What a what-if is about: which firms land where, which projects begin, and which of them exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from chains.model import Chain
from data.regions import Region
from data.sql import load_sql
from data.store import Store
from services.projects import projects_of

HINT = "企业编号见企业档案页的网址，项目编号见签约项目页的网址；只在一个环节落地写作 企业编号:环节编号"


NO_PROJECTS = pd.DataFrame(columns=["project_id", "name", "stage", "nominal"])


class UnknownInScenario(ValueError):
    """A what-if names firms or projects that do not exist here."""


@dataclass(frozen=True)
class Scenario:
    """land : firm_id, or firm_id:segment_id to land it in one segment only; start, sign : project_id."""

    land: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    sign: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.land or self.start or self.sign)


@dataclass(frozen=True)
class Facts:
    """What the store knows of a scenario.

    wanted : asked firms with the segments they are to land in; none means all in which they are confirmed
    firms : one row an asked firm and segment of the chain in which it is confirmed (see ``landing_firms.sql``)
    projects : the region's projects, or those that were known already where they are all that is asked for
    """

    wanted: Mapping[str, frozenset[str]]
    firms: pd.DataFrame
    projects: pd.DataFrame

    @property
    def arrivals(self) -> pd.DataFrame:
        """The rows of ``firms`` that count: of firms that are neither here already nor struck off, in asked segments."""
        rows = self.firms
        asked = [
            not self.wanted[row.firm_id] or row.segment_id in self.wanted[row.firm_id] for row in rows.itertuples()
        ]
        counted = ~rows.is_local & ~rows.is_struck_off & rows.segment_id.notna()
        return rows[counted & pd.Series(asked, index=rows.index, dtype=bool)].reset_index(drop=True)


def scenario_facts(
    store: Store, region: Region, chain: Chain, scenario: Scenario, attached: pd.DataFrame | None = None
) -> Facts:
    """What the store knows of the scenario's firms and projects.

    attached : projects of the region that are known already; it is asked for the others only where one is not among them
    """
    wanted = _wanted(chain, scenario)
    projects = NO_PROJECTS if attached is None else attached.drop_duplicates("project_id")
    if not set(projects.project_id).issuperset((*scenario.start, *scenario.sign)):
        projects = projects_of(store, region)
    return Facts(wanted, landing_facts(store, region, chain, list(wanted)), projects)


def landing_facts(store: Store, region: Region, chain: Chain, firms: Iterable[str]) -> pd.DataFrame:
    """One row a firm and segment of the chain in which it is confirmed, one with no segment for a firm without any.

    firm_id, name, region, status, listed, is_local, is_struck_off, weight, segment_id, role, core.
    """
    sql = load_sql("landing_firms").replace("{region}", region.where_sql)
    return store.query(sql, {"chain_id": chain.id, "firms": list(firms), **region.params})


def known_part(chain: Chain, scenario: Scenario, facts: Facts) -> tuple[Scenario, str]:
    """The scenario without the firms and projects that do not exist here, and a sentence that names them; empty for none."""
    firms, own = set(facts.firms.firm_id), set(facts.projects.project_id)
    kept = Scenario(
        tuple(one for one in scenario.land if firm_and_segment(chain, one)[0] in firms),
        tuple(one for one in scenario.start if one in own),
        tuple(one for one in scenario.sign if one in own),
    )
    lost = {
        "库里没有编号为 {} 的企业": _without(scenario.land, kept.land),
        "本地没有编号为 {} 的项目": _without(scenario.start + scenario.sign, kept.start + kept.sign),
    }
    said = "；".join(words.format("、".join(ids)) for words, ids in lost.items() if ids)
    return kept, f"{said}。{HINT}" if said else ""


def catalogue_scenario(keys: pd.DataFrame) -> Scenario:
    """Every firm of a catalogue lands in the segment for which it is listed; keys : segment_id, firm_id."""
    return Scenario(
        land=tuple(f"{row.firm_id}:{row.segment_id}" for row in keys[["firm_id", "segment_id"]].itertuples())
    )


def firm_and_segment(chain: Chain, text: str) -> tuple[str, str]:
    """The firm of a text of ``Scenario.land``, and its segment; empty where it names none of the chain.

    Ids of firms may hold a colon themselves.
    """
    firm, _, segment = text.rpartition(":")
    return (firm, segment) if firm and segment in {one.id for one in chain.segments} else (text, "")


def _wanted(chain: Chain, scenario: Scenario) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for text in scenario.land:
        firm, segment = firm_and_segment(chain, text)
        everywhere = not segment or (firm in found and not found[firm])
        found[firm] = frozenset() if everywhere else found.get(firm, frozenset()) | {segment}
    return found


def _without(asked: tuple[str, ...], kept: tuple[str, ...]) -> list[str]:
    return [one for one in dict.fromkeys(asked) if one not in kept]
