"""Clusters that people know, read from a file and held against the labels of a store or of any firms file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pandas as pd
import polars as pl

from analysis.labels import LabelParams, label_segments
from analysis.matching import SegmentRule
from analysis.presence import regional_presence
from analysis.validation.clusters import ClusterResult, judge_clusters
from chains.model import Chain
from data.regions import Region, UnknownRegion, resolve_region
from data.store import Store
from services.judging import read_judging
from services.packages import installed
from services.presence import NOWHERE, WHOLE, Cube, Local, chain_labels, chain_presence, load_cube, load_local
from services.standalone import presence_of
from services.table_file import find_column, read_table

COLUMNS: dict[str, tuple[str, ...]] = {
    "adcode": ("adcode", "region", "区划代码", "行政区划代码", "地区代码"),
    "segment": ("segment", "segment_id", "环节"),
}
CHAIN = ("chain", "chain_id", "产业链")
FIGURES = ["n_local", "expected", "lq", "lq_low", "lq_high", "label"]
MOST_FAULTS = 8
CODE_LENGTH = 6
FIRST_ROW = 2
Place = TypeVar("Place")
What = TypeVar("What")


class WrongClusters(ValueError):
    """Rows that name no region or no segment; the message names each row and what is wrong."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        more = f"；另有 {len(faults) - MOST_FAULTS} 行" if len(faults) > MOST_FAULTS else ""
        super().__init__(f"{file}：{'；'.join(faults[:MOST_FAULTS])}{more}")


class KnownCluster(NamedTuple):
    """A row of the file: its number as a spreadsheet counts (the titles being 1), and what its cells say."""

    row: int
    adcode: str
    segment: str
    chain: str | None


@dataclass(frozen=True)
class Named:
    """What a row names: a chain as a whole, or one of its segments."""

    chain: Chain
    segment_id: str | None

    @property
    def name(self) -> str:
        """The Chinese name."""
        return self.chain.name if self.segment_id is None else self.chain.segment(self.segment_id).name


class NotNamed(LookupError):
    """A text that names no segment and no chain, or several; the message says which."""


def read_clusters(path: Path) -> tuple[KnownCluster, ...]:
    """The rows of a csv (or parquet) file with columns adcode and segment, and chain where names are not unique.

    Raises
    ------
    UnreadableFile, ColumnAbsent, WrongClusters : no rows, or an empty cell
    """
    table = read_table(path).with_columns(pl.all().cast(pl.String))
    named = {key: find_column(table, path, None, names, "这个列名") for key, names in COLUMNS.items()}
    chain = next((name for name in table.columns if name.lower() in CHAIN), None)
    codes = [code and six_digits(code) for code in table[named["adcode"]]]
    chains = table[chain] if chain else [None] * table.height
    cells = zip(codes, table[named["segment"]], chains, strict=True)
    rows = [KnownCluster(at, *row) for at, row in enumerate(cells, FIRST_ROW)]
    empty = [f"第 {one.row} 行缺少 adcode 或 segment" for one in rows if not (one.adcode and one.segment)]
    if empty or not rows:
        raise WrongClusters(path.name, empty or ["没有一行数据"])
    return tuple(rows)


def six_digits(code: str) -> str:
    """A division's code as six digits where it is written otherwise; what is no code stays as it is.

    >>> six_digits("3712"), six_digits("3712xx"), six_digits("371203000000"), six_digits("37120")
    ('371200', '371200', '371203', '37120')
    """
    digits = code.rstrip("xX*")
    if digits.isdecimal() and len(digits) in (2, 4):
        return digits.ljust(CODE_LENGTH, "0")
    return code[:CODE_LENGTH] if len(code) == 2 * CODE_LENGTH and code.endswith("0" * CODE_LENGTH) else code


def clusters_in_store(store: Store, clusters: Sequence[KnownCluster], file: str) -> ClusterResult:
    """The store's labels of known clusters, against the nation, with the place's thresholds.

    Regions may be of any level, abolished ones too; a segment is named by its id or Chinese name, a chain as well.

    Raises
    ------
    WrongClusters, NotMatched
    """
    chains = installed(store)
    cube, params = load_cube(store, chains), read_judging(store).label
    places, named = _looked_up(
        file, clusters, lambda one: resolve_region(store, one.adcode), lambda one: find_named(cube.chains, one)
    )
    judged = _Judged(store, cube, params)
    rows = [
        _row(one, place.full_name, what.name, judged.figures(place, what))
        for one, place, what in zip(clusters, places, named, strict=True)
    ]
    return judge_clusters(pd.DataFrame(rows), every_pair(cube, params))


def clusters_in_files(
    clusters: Sequence[KnownCluster],
    file: str,
    firms: pl.DataFrame,
    rules: Sequence[SegmentRule],
    progress: Callable[[float, str], None] | None = None,
) -> ClusterResult:
    """Labels of known clusters in any firms file (``services.standalone.presence_of``), the file being the benchmark.

    A region is a prefecture of the file (city_code), else a county, a former prefecture (371200) or a province by the
    firms whose county_code begins so.

    Raises
    ------
    WrongClusters, WrongFirmsFile
    """
    cities = set(firms["city_code"].cast(pl.String).unique()) if "city_code" in firms.columns else set()
    counties = set(firms["county_code"].cast(pl.String).unique()) if "county_code" in firms.columns else set()
    known = {code for code in cities | counties if code}
    codes, named = _looked_up(file, clusters, lambda one: _code(one.adcode, known), lambda one: _rule(rules, one))
    further = {code: _prefix(code) for code in codes if code not in cities}
    found = presence_of(firms, rules, "city", progress, regions=further)
    found = found.rename(columns={"n_makers": "n_local"})
    at = found.set_index(["adcode", "segment_id"])
    rows = [
        _row(one, code, rule.name, at.loc[(code, rule.id)].to_dict())
        for one, code, rule in zip(clusters, codes, named, strict=True)
    ]
    return judge_clusters(pd.DataFrame(rows), found[~found.adcode.isin([*further, NOWHERE])])


def find_named(chains: Sequence[Chain], one: KnownCluster) -> Named:
    """The chain or segment that a row names; of segments of one name the chain's own goes before borrowed ones.

    Raises
    ------
    NotNamed
    """
    inside = [chain for chain in chains if one.chain in (None, chain.id, chain.name)]
    if not inside:
        raise NotNamed(f"没有已匹配的产业链“{one.chain}”{_near(str(one.chain), (chain.name for chain in chains))}")
    for chain in inside:
        if one.segment in (chain.id, chain.name):
            return Named(chain, None)
    hits = [(chain, part) for chain in inside for part in chain.segments if one.segment in (part.id, part.name)]
    own = [hit for hit in hits if not hit[1].shared_from] or hits
    if not own:
        known = [name for chain in inside for name in (chain.name, *(part.name for part in chain.segments))]
        raise NotNamed(f"没有环节或产业链“{one.segment}”{_near(one.segment, known)}")
    if len(own) > 1:
        where = "、".join(f"{chain.name}（{part.id}）" for chain, part in own)
        raise NotNamed(f"环节“{one.segment}”在 {where} 中都有，请加 chain 列，或改用环节编号")
    return Named(own[0][0], own[0][1].id)


def every_pair(cube: Cube, params: LabelParams) -> pd.DataFrame:
    """expected and label of every prefecture × segment of the cube, firms of unknown place left out."""
    marks = cube.marks[~cube.marks.index.str.startswith(WHOLE)]
    presence = regional_presence(cube.counts, cube.totals.drop(NOWHERE, errors="ignore"), marks)
    # listed firms matter below three makers alone, where E ≥ 3 makes nothing strong
    return label_segments(presence.assign(n_anchor=0), params)


class _Judged:
    """Labels of regions as they are asked for; each region and chain is worked out once."""

    def __init__(self, store: Store, cube: Cube, params: LabelParams) -> None:
        self._store, self._cube, self._params = store, cube, params
        self._locals: dict[str, Local] = {}
        self._labels: dict[tuple[str, str], pd.DataFrame] = {}

    def figures(self, place: Region, what: Named) -> dict[str, Any]:
        """n_local, expected, lq, lq_low, lq_high and label."""
        if place.adcode not in self._locals:
            self._locals[place.adcode] = load_local(self._store, place)
        local = self._locals[place.adcode]
        if what.segment_id is None:
            return dict(chain_presence(what.chain, local, self._cube, self._params)[FIGURES])
        key = (place.adcode, what.chain.id)
        if key not in self._labels:
            rows = chain_labels(what.chain, local, self._cube, None, self._params)
            self._labels[key] = rows.set_index("segment_id")[FIGURES]
        return dict(self._labels[key].loc[what.segment_id])


def _looked_up(
    file: str,
    clusters: Sequence[KnownCluster],
    place_of: Callable[[KnownCluster], Place],
    named_of: Callable[[KnownCluster], What],
) -> tuple[list[Place], list[What]]:
    """Place and name of every row. Raises WrongClusters with all faults of all rows."""
    places, named, faults = [], [], []
    for one in clusters:
        try:
            places.append(place_of(one))
            named.append(named_of(one))
        except (UnknownRegion, NotNamed) as error:
            faults.append(f"第 {one.row} 行：{error}")
    if faults:
        raise WrongClusters(file, faults)
    return places, named


def _rule(rules: Sequence[SegmentRule], one: KnownCluster) -> SegmentRule:
    hits = [rule for rule in rules if one.segment in (rule.id, rule.name)]
    if len(hits) != 1:
        known = [name for rule in rules for name in (rule.name, rule.id)]
        raise NotNamed(f"环节文件里没有环节“{one.segment}”{_near(one.segment, known)}")
    return hits[0]


def _code(adcode: str, known: Collection[str]) -> str:
    """The code itself if some firm of the file is there."""
    if len(adcode) == CODE_LENGTH and adcode.isdecimal() and any(code.startswith(_prefix(adcode)) for code in known):
        return adcode
    raise NotNamed(f"企业文件里没有代码为“{adcode}”的地区的企业；请用六位代码，如 420300、371203")


def _prefix(adcode: str) -> str:
    """How the codes inside a division begin: 3712 of 371200, 37 of 370000, all six digits of a county."""
    return adcode[:2] if adcode.endswith("0000") else adcode.removesuffix("00")


def _row(one: KnownCluster, place: str, segment: str, figures: Mapping[str, Any]) -> dict[str, Any]:
    return {"row": one.row, "adcode": one.adcode, "place": place, "segment": segment} | {
        key: figures[key] for key in FIGURES
    }


def _near(text: str, known: Iterable[str]) -> str:
    """Names that hold the text, else the one most like it."""
    names = list(known)
    holding = [name for name in names if text in name][:5]
    near = holding or get_close_matches(text, names, 1, 0.4)
    return f"，是否为{'、'.join(f'“{name}”' for name in near)}？" if near else ""
