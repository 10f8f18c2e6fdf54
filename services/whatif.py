"""What a chain would look like if some firms landed here and some projects began: nothing in the store is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from analysis.whatif import advance, compare, firms_to_fair, land, whole_arrivals
from analysis.whatif_words import firm_notes, project_notes, sentence
from chains.model import Chain, Kind
from data.regions import Region
from data.store import Store
from services.context import Context
from services.judging import judged_cube
from services.loop import ChainState, chain_state, conclude
from services.presence import WHOLE, Cube, Local, load_local, related_density
from services.scenario import Facts, Scenario, UnknownInScenario, known_part, scenario_facts

ASSUMPTIONS = (
    "只是推算，不改动任何数据。落地的企业计入本地家数，上市企业同时计为骨干；应有家数、对照基准和关联密度按现状不变；"
    "项目只改变阶段，不增加企业。覆盖率按剩下的缺口算：已签约的缺口补上后不再计入，覆盖率可能因此下降。"
)
NO_GAPS = "本链在本地没有缺口：落地企业只会增加家数"


@dataclass(frozen=True)
class Ground:
    """What a what-if starts from: counts of the region, the cube with the benchmark in force, and what is concluded now."""

    chain: Chain
    local: Local
    cube: Cube
    density: pd.Series
    before: ChainState


def ground_of(
    store: Store,
    chain: Chain,
    context: Context,
    cube: Cube,
    *,
    local: Local | None = None,
    density: pd.Series | None = None,
    before: ChainState | None = None,
) -> Ground:
    """The ground of a what-if in the context's region, from what is known already and the store.

    cube : counts with the nation as benchmark. Raises NotMatched.
    """
    local = load_local(store, context.home) if local is None else local
    density = related_density(local, cube) if density is None else density
    if before is None:
        before = chain_state(store, chain, context, cube, local=local, density=density)
    judged = judged_cube(store, cube, local, context.home, before.params.benchmark)
    return Ground(chain, local, judged, density, before)


@dataclass(frozen=True)
class WhatIf:
    """Conclusions before and after.

    changes : the columns of ``analysis.whatif.compare``, and more_needed (firms that a gap needs still to be fair)
    landed : one row a firm and segment that it is counted in: firm_id, name, region, segment_id, role, listed
    notes : what of the scenario changes nothing, in sentences; told : what changes, in one
    scenario : what was asked; facts : what is known of it
    """

    scenario: Scenario
    facts: Facts
    before: ChainState
    after: ChainState
    changes: pd.DataFrame
    landed: pd.DataFrame
    notes: tuple[str, ...]
    told: str

    @property
    def changed(self) -> pd.DataFrame:
        """The segments that change."""
        return self.changes[self.changes.changed]


def what_if(store: Store, region: Region, ground: Ground, scenario: Scenario) -> WhatIf:
    """Labels, completeness, coverage and priorities if the scenario came true, beside those of now.

    The expected numbers, the benchmark and the relatedness of the region stay as they are (see ``analysis.whatif``).

    Raises
    ------
    UnknownInScenario : a firm that is not in the store, or a project that is not the region's
    """
    facts = scenario_facts(store, region, ground.chain, scenario, ground.before.coverage.projects)
    _, unknown = known_part(ground.chain, scenario, facts)
    if unknown:
        raise UnknownInScenario(unknown)
    return concluded(ground, scenario, facts)


def what_if_of_known(store: Store, region: Region, ground: Ground, scenario: Scenario) -> tuple[WhatIf, str]:
    """As :func:`what_if`, of what exists here; and a sentence that names what does not, empty for nothing."""
    facts = scenario_facts(store, region, ground.chain, scenario, ground.before.coverage.projects)
    kept, unknown = known_part(ground.chain, scenario, facts)
    return concluded(ground, kept, facts), unknown


def concluded(ground: Ground, scenario: Scenario, facts: Facts) -> WhatIf:
    """The what-if of a scenario of which everything is known."""
    before, arrivals = ground.before, facts.arrivals
    rows = pd.concat([arrivals, whole_arrivals(arrivals, WHOLE + ground.chain.id)], ignore_index=True)
    projects = advance(before.coverage.projects, scenario.start, scenario.sign)
    after = conclude(
        ground.chain,
        replace(ground.local, counts=land(ground.local.counts, rows)),
        ground.cube,
        projects,
        before.params,
        density=ground.density,
        register=before.coverage.known,
        table=before.table,
    )
    changes = compare((before.labels, before.gaps), (after.labels, after.gaps))
    needed = firms_to_fair(after.labels, after.params.label)
    changes = changes.assign(more_needed=changes.segment_id.map(needed).astype("Int64"))
    done = (arrivals.firm_id.nunique(), *_moved(before.coverage.projects, projects))
    told = sentence(changes, _figures(before), _figures(after), done)
    return WhatIf(scenario, facts, before, after, changes, arrivals, tuple(_notes(ground, scenario, facts)), told)


def _notes(ground: Ground, scenario: Scenario, facts: Facts) -> Iterator[str]:
    names = {one.id: one.name for one in ground.chain.segments}
    makers_only = {one.id for one in ground.chain.segments if one.kind != Kind.RD}
    yield from firm_notes(facts.firms, facts.wanted, names, makers_only)
    yield from project_notes(facts.projects, ground.before.coverage.projects, scenario.start, scenario.sign)
    if ground.before.gaps.empty and scenario.land:
        yield NO_GAPS


def _moved(before: pd.DataFrame, after: pd.DataFrame) -> tuple[int, int]:
    """Number of projects that begin, and of those that are only signed."""
    moved = after[(before.stage.to_numpy() != after.stage.to_numpy()) & after.stage.notna()].drop_duplicates(
        "project_id"
    )
    started = int((moved.stage == "started").sum())
    return started, int((moved.stage == "signed").sum())


def _figures(state: ChainState) -> tuple[float | None, pd.Series]:
    return state.completeness[0], state.coverage.whole.iloc[0]
