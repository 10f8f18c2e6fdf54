"""The state of one chain in one region: labels, gaps and coverage together, computed once and shared by every page."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import cached_property

import pandas as pd

from analysis.chain_demand import METHODS, TIERS, InputOutput
from analysis.coverage import NO_REGISTER
from analysis.gaps import PART_NAMES as GAP_PARTS
from analysis.gaps import GapParams
from analysis.labels import LabelParams, completeness, label_segments
from analysis.sensitivity import label_sensitivity
from analysis.target_reasons import explain
from analysis.targets import PART_NAMES as TARGET_PARTS
from analysis.targets import TargetParams, rank_targets
from chains.model import Chain
from chains.words import LABELS, MEASURES
from data.store import Store
from services.context import Context
from services.demand import demand_of, input_output
from services.gaps import chain_gaps
from services.judging import judged_cube, judging_of, read_judging
from services.presence import (
    Cube,
    Local,
    NotMatched,
    chain_labels,
    chain_presence,
    load_local,
    related_density,
)
from services.projects import ChainCoverage, attached_projects, chain_coverage, has_register
from services.targets import segment_candidates
from services.ties import Ties
from services.weight_options import weights_text


@dataclass(frozen=True)
class Params:
    """All parameters of a run; shown on 方法 and written into every export.

    benchmark : nation, province, peers or codes, as ``services.judging.Judging``
    """

    benchmark: str = "nation"
    label: LabelParams = LabelParams()
    gap: GapParams = GapParams()
    target: TargetParams = TargetParams()


@dataclass(frozen=True)
class ChainState:
    """Conclusions on one chain in one region.

    benchmark : name of what it was compared with; table : the input–output table that demand goes by, if any
    """

    benchmark: str
    presence: pd.Series
    labels: pd.DataFrame
    gaps: pd.DataFrame
    coverage: ChainCoverage
    params: Params
    table: InputOutput | None = None

    @cached_property
    def counts(self) -> dict[str, int]:
        """Number of segments by label, every label present."""
        found = self.labels.label.value_counts()
        return {label: int(found.get(label, 0)) for label in LABELS}

    @cached_property
    def completeness(self) -> tuple[float | None, int]:
        """Share of the judged segments that are at least fair, and the number that cannot be judged."""
        return completeness(self.labels)

    @cached_property
    def sensitivity(self) -> pd.DataFrame:
        """Which labels hang by a thread, in the order of the labels (``analysis.sensitivity``)."""
        return label_sensitivity(self.labels, self.params.label)

    @cached_property
    def by_other_measure(self) -> pd.DataFrame:
        """The labels as they would be by the other of ``chains.words.MEASURES``, in the same order."""
        [other] = set(MEASURES) - {self.params.label.measure}
        judged = self.labels.drop(columns=["lq", "lq_low", "lq_high", "label"])
        return label_segments(judged, replace(self.params.label, measure=other)).assign(measure=other)

    def summary(self, chain: Chain, context: Context) -> str:
        """One paragraph on the chain's state."""
        share, unjudged = self.completeness
        counted = "，".join(f"{LABELS[label]} {n} 个" for label, n in self.counts.items() if label != "unknown")
        whole = "尚无可判断的环节" if share is None else f"完整度 {share:.0%}（可判断环节中“一般”以上的比例）"
        return (
            f"{context.home.full_name}{chain.name}产业链整体{LABELS[self.presence.label]}（{self.presence.reason}）。"
            f"共 {len(self.labels)} 个环节：{counted}；另有 {unjudged} 个数据不足，不作判断。{whole}。"
            f"{self._covered()}。"
        )

    def _covered(self) -> str:
        covered = self.coverage.whole.iloc[0]
        if not self.coverage.known:
            return f"缺口 {int(covered.n_gaps)} 个；{NO_REGISTER}，名义覆盖与有效覆盖无数据"
        return (
            f"缺口 {int(covered.n_gaps)} 个，其中签约项目名义覆盖 {int(covered.n_nominal)} 个，"
            f"开工或到资有效覆盖 {int(covered.n_effective)} 个"
        )

    @property
    def demand_words(self) -> str:
        """How local demand and supply were worked out, in words."""
        method = str(self.labels.demand_method.iloc[0])
        return f"{METHODS[method]}（证据等级 {TIERS[method]}）" + (f"；{self.table.title}" if self.table else "")

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The parameters in words, for the front page of exports."""
        label = self.params.label
        return (
            (
                "判定基准",
                f"{self.benchmark}；区位商按{MEASURES[label.measure]}（证据等级 A），经验贝叶斯收缩，{label.level:.0%} 区间",
            ),
            (
                "判定阈值",
                f"优势：区间下限 > {label.strong_low:g} 且不少于 {label.min_makers} 家或有上市企业；薄弱：区间上限 < {label.weak_high:g}；"
                f"缺失：本地 0 家而应有 ≥ {label.missing_expected:g} 家；数据不足：其余样本过少的环节",
            ),
            ("缺口优先级权重", weights_text(self.params.gap.weights, GAP_PARTS)),
            ("需求与本地配套", self.demand_words),
            ("得分权重", weights_text(self.params.target.weights, TARGET_PARTS)),
            ("未知项", "得分中未知的项按中性值计，不当作零；完整度为已知项的权重占比"),
        )

    def projects_with_names(self, chain: Chain) -> pd.DataFrame:
        """Projects attached to the chain with the names of their segments and sources."""
        projects = self.coverage.projects
        return projects.assign(segment_name=[chain.segment(segment_id).name for segment_id in projects.segment_id])

    def explain(self, targets: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Targets with reason and conflicts."""
        return explain(targets, context.as_of, context.home.wider)


def chain_state(
    store: Store,
    chain: Chain,
    context: Context,
    cube: Cube,
    params: Params | None = None,
    *,
    local: Local | None = None,
    density: pd.Series | None = None,
) -> ChainState:
    """Labels, gaps and coverage of the chain in the context's region.

    Parameters
    ----------
    cube : counts with the nation as benchmark; that of ``params`` is put in its place
    params : the place's own (:func:`place_params`) unless given
    local, density : the region's counts and relatedness where they are known already
        (``services.presence.load_local``, ``related_density``); they depend on the firms alone

    Raises
    ------
    NotMatched : the chain is not among those of the cube
    """
    if chain.id not in {counted.id for counted in cube.chains}:
        raise NotMatched(chain)
    local = load_local(store, context.home) if local is None else local
    density = related_density(local, cube) if density is None else density
    params = place_params(store) if params is None else params
    judged = judged_cube(store, cube, local, context.home, params.benchmark)
    projects = attached_projects(store, context.home, chain.id)
    table = input_output(store, chain, context.home)
    register = has_register(store)
    return conclude(chain, local, judged, projects, params, density=density, register=register, table=table)


def place_params(store: Store) -> Params:
    """The parameters that the place has chosen, the defaults otherwise."""
    return viewed_params(store)


def viewed_params(store: Store, benchmark: str | None = None, measure: str | None = None) -> Params:
    """The place's parameters with another benchmark or measure, to look through other glasses. Raises WrongJudging."""
    judging = read_judging(store)
    label = judging.label if measure is None else judging_of(asdict(judging.label) | {"measure": measure}).label
    return Params(benchmark or judging.benchmark, label)


def conclude(
    chain: Chain,
    local: Local,
    cube: Cube,
    projects: pd.DataFrame,
    params: Params = Params(),
    *,
    density: pd.Series,
    register: bool,
    table: InputOutput | None = None,
) -> ChainState:
    """Labels, gaps and coverage that follow from counts and projects, as they are or as they might be.

    Parameters
    ----------
    projects : the region's projects attached to the chain (``services.projects.attached_projects``)
    density : the region's relatedness by segment; register : whether there is a register of projects
    table : the chain's input–output table, in place of the weights of its edges
    """
    labels = chain_labels(chain, local, cube, projects if register else None, params.label)
    labels = demand_of(chain, labels, cube.marks, params.label.measure, table)
    gaps = chain_gaps(chain, density, labels, params.gap)
    presence = chain_presence(chain, local, cube, params.label)
    return ChainState(cube.benchmark, presence, labels, gaps, chain_coverage(projects, labels, gaps), params, table)


def targets_of(
    store: Store, chain: Chain, segment_id: str, context: Context, params: Params = Params(), ties: Ties | None = None
) -> pd.DataFrame:
    """Every target of a segment, best first, without sentences (see :meth:`ChainState.explain`).

    ties : of the home region, where they are known already (``services.ties.read_ties``)
    """
    candidates = segment_candidates(store, chain, segment_id, context.home, ties)
    return rank_targets(candidates, context.as_of, params.target)
