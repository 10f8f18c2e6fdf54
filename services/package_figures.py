"""What a store says of a chain package: whether its segments are found, its well-known firms placed, its cities strong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import polars as pl

from analysis.matching import SegmentRule, match_phrases
from analysis.presence import location_quotients, regional_presence
from chains.checks import Finding
from chains.model import Chain
from data.sql import load_sql
from data.store import Store
from services.dictionary import kept_dictionary
from services.packages import installed
from services.presence import NOWHERE, WHOLE, Cube

LONGEST_PLACE = 7
"""Characters before a firm's own name: 内蒙古自治区."""
SHORTEST = 4
"""Shorter names are not taken for shortened ones: too many firms hold three characters in that order."""
MIN_FIRMS = 3
"""Prefectures with fewer firms of a chain are not named among its strong ones."""


class NotReadable(ValueError):
    """Nothing can be said of a package on this store yet."""

    def __init__(self, chain: Chain) -> None:
        super().__init__(
            f"产业链“{chain.name}”{chain.version} 还没有与库中企业匹配，库里也没有可用的短语词典；请先运行 match 命令"
        )


@dataclass(frozen=True)
class KnownFirms:
    """Well-known firms of a package looked up in a store.

    listed : names in the package; found : those of which the store has a firm with a scope or products to read
    hit : confirmed in their segment; missed : (segment id, name) found but not confirmed; absent : not found
    """

    listed: int
    found: int
    hit: int
    missed: tuple[tuple[str, str], ...]
    absent: tuple[tuple[str, str], ...]

    @property
    def rate(self) -> float | None:
        """Share of the found ones that are hit; None where none is found."""
        return self.hit / self.found if self.found else None


@dataclass(frozen=True)
class City:
    """A prefecture strong in a chain: location quotient, and firms of the chain's own production."""

    name: str
    lq: float
    n_firms: int


def chain_pairs(store: Store, chain: Chain) -> pl.DataFrame:
    """firm_id, segment_id, verdict (confirmed, uncertain) of a package on a store.

    As it was matched where this very version was; else read anew through the phrase dictionary. Raises NotReadable.
    """
    runs = store.rows("SELECT version FROM match_run WHERE chain_id = ?", [chain.id])
    if runs == [(chain.version,)] and chain in installed(store):
        return store.query_polars(load_sql("chain_pairs"), {"chain_id": chain.id})
    phrases = kept_dictionary(store)
    if phrases is None:
        raise NotReadable(chain)
    found = match_phrases(phrases, [SegmentRule.of(segment) for segment in chain.segments]).pairs
    return found.filter(pl.col("verdict") != "rejected").select("firm_id", "segment_id", "verdict")


def nobody_in(chain: Chain, pairs: pl.DataFrame) -> list[Finding]:
    """Segments that no firm of the store is confirmed in, unless they are marked rare."""
    found = set(pairs.filter(pl.col("verdict") == "confirmed")["segment_id"].to_list())
    return [
        Finding("nobody_in", segment.id, f"环节“{segment.name}”在库中没有一家确认企业；如确属稀有，请写明 rare 理由")
        for segment in chain.segments
        if segment.id not in found and not segment.rare
    ]


def known_firms(store: Store, chain: Chain, pairs: pl.DataFrame) -> KnownFirms:
    """Look the package's well-known firms up: by the name in the registered one, else by what is distinctive of both.

    A listed firm of the name goes before others; any firm of the name that is confirmed counts as a hit.
    """
    asked = [
        (segment.id, name) for segment in chain.segments for name in segment.known_firms if not segment.shared_from
    ]
    firms = store.query_polars(load_sql("firm_names"))
    of_name = _firms_of(sorted({name for _, name in asked}), firms)
    sure = set(pairs.filter(pl.col("verdict") == "confirmed").select("segment_id", "firm_id").iter_rows())
    found = [one for one in asked if of_name[one[1]]]
    missed = [one for one in found if not any((one[0], firm) in sure for firm in of_name[one[1]])]
    absent = tuple(one for one in asked if not of_name[one[1]])
    return KnownFirms(len(asked), len(found), len(found) - len(missed), tuple(missed), absent)


def n_matched(pairs: pl.DataFrame) -> int:
    """Firms confirmed in any segment."""
    return pairs.filter(pl.col("verdict") == "confirmed")["firm_id"].n_unique()


def strong_cities(store: Store, chain: Chain, cube: Cube, n: int = 5) -> list[City]:
    """The prefectures with the highest lower end of the location quotient of the chain as a whole.

    Raises KeyError where the cube does not count the chain.
    """
    key = WHOLE + chain.id
    totals = cube.totals[cube.totals.index != NOWHERE]
    counts = cube.counts[cube.counts.segment_id == key]
    rows = regional_presence(counts, totals, cube.marks.loc[[key]])
    rows = pd.concat([rows, location_quotients(rows.n_local, rows.expected, rows["shape"])], axis=1)
    best = rows[rows.n_local >= MIN_FIRMS].nlargest(n, "lq_low")
    names = dict(store.rows("SELECT adcode, any_value(name) FROM division GROUP BY adcode"))
    return [City(names.get(row.region, row.region), float(row.lq), int(row.n_local)) for row in best.itertuples()]


def _firms_of(names: Sequence[str], firms: pl.DataFrame) -> dict[str, list[str]]:
    """Ids of the firms that each name may mean: those that contain it, else the one listed firm that it shortens."""
    found = _containing(names, firms)
    listed = list(firms.filter("listed").select("firm_id", "name").iter_rows())
    for name in names:
        if not found[name] and len(name) >= SHORTEST:
            pattern = re.compile(".*?".join(map(re.escape, name)))
            meant = [firm_id for firm_id, registered in listed if pattern.search(registered)]
            found[name] = meant if len(meant) == 1 else []
    return found


def _containing(names: Sequence[str], firms: pl.DataFrame) -> dict[str, list[str]]:
    """Firms in whose registered name the name stands, at most a place before it; if one is listed, only listed ones."""
    held: dict[str, list[tuple[str, bool]]] = {name: [] for name in names}
    if names:
        words = pl.Series(list(names)).implode()
        holding = firms.filter(pl.col("name").str.contains_any(words))
        said = holding.with_columns(word=pl.col("name").str.extract_many(words, overlapping=True)).explode("word")
        for firm_id, registered, listed, word in said.iter_rows():
            if registered.find(word) <= LONGEST_PLACE:
                held[word].append((firm_id, listed))
    return {
        name: [firm for firm, listed in rows if listed or not any(one for _, one in rows)]
        for name, rows in held.items()
    }
