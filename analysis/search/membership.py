"""Which firms are confirmed in which segments of which chains, and in what role: counted by chain, segment and role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.search.bits import Bits, Matrix, counts, every, of_positions, union, unpack
from analysis.search.filter import NONE, Filter

ROLES: tuple[str, ...] = ("maker", "rd", "service", "trader", "construction")


@dataclass(frozen=True)
class Membership:
    """Confirmed pairs of firm and segment, sorted by chain, segment and firm. Made by :func:`read_pairs`.

    slices : where the pairs of each segment of each chain begin and end
    by_firm : the pairs sorted by firm, the best score of a firm first
    by_role : the firms of each chain in each role, the chains in the order of ``chains``; by_chain : in any role
    """

    n: int
    chains: tuple[str, ...]
    slices: Mapping[tuple[str, str], slice]
    firm: NDArray[np.int32]
    role: NDArray[np.int8]
    by_firm: NDArray[np.int32]
    by_role: Matrix
    by_chain: Matrix
    nowhere: Bits

    def rows(self, wanted: Filter) -> Bits | None:
        """The firms with a confirmed pair of the chain, one of the segments and one of the roles; None for no condition."""
        roles = self._roles(wanted)
        if wanted.chain == NONE:
            return self.nowhere
        if wanted.chain not in self.chains:
            return (
                union(self.by_role[:, roles].reshape(-1, self.by_role.shape[-1])) if self._asks_role(wanted) else None
            )
        segments = [key for key in wanted.segments if (wanted.chain, key) in self.slices]
        if not segments:
            at = self.chains.index(wanted.chain)
            return union(self.by_role[at, roles]) if self._asks_role(wanted) else self.by_chain[at]
        return union([self._segment(wanted.chain, key, roles) for key in segments])

    def chain_counts(self, within: Bits, wanted: Filter) -> dict[str, int]:
        """How many firms of ``within`` each chain leaves in the roles asked, and how many are in none."""
        if self._asks_role(wanted):
            roles = self._roles(wanted)
            found = [int(np.bitwise_count(union(sets[roles]) & within).sum()) for sets in self.by_role]
        else:
            found = counts(self.by_chain, within).tolist() if self.chains else []
        return dict(zip(self.chains, found, strict=True)) | {NONE: int(np.bitwise_count(self.nowhere & within).sum())}

    def segment_counts(self, within: Bits, wanted: Filter) -> dict[str, int]:
        """How many firms of ``within`` each segment of the chain leaves in the roles asked."""
        mask, roles = unpack(within, self.n), self._role_mask(wanted)
        return {
            segment: int((mask[self.firm[part]] & roles[self.role[part]]).sum())
            for (chain, segment), part in self.slices.items()
            if chain == wanted.chain
        }

    def role_counts(self, within: Bits, wanted: Filter) -> dict[str, int]:
        """How many firms of ``within`` are in each role in the chain and segments asked."""
        return {
            role: int(np.bitwise_count(rows & within).sum())
            for role in ROLES
            if (rows := self.rows(wanted.with_choices("role", [role]))) is not None
        }

    def pairs_of(self, at: NDArray[np.integer]) -> dict[int, list[tuple[str, str, str]]]:
        """Chain, segment and role of every pair of the firms at ``at``, best score first, by firm."""
        firms = np.unique(at)
        begins, ends = (self.firm.searchsorted(firms, side, sorter=self.by_firm) for side in ("left", "right"))
        stops = np.array([part.stop for part in self.slices.values()])
        keys = list(self.slices)
        pairs = {}
        for firm, begin, end in zip(firms.tolist(), begins, ends, strict=True):
            found = self.by_firm[begin:end]
            which = np.searchsorted(stops, found, side="right")
            pairs[firm] = [(*keys[number], ROLES[self.role[pair]]) for pair, number in zip(found, which, strict=True)]
        return pairs

    def _segment(self, chain: str, segment: str, roles: list[int]) -> Bits:
        part = self.slices[chain, segment]
        kept = np.isin(self.role[part], roles)
        return of_positions(self.firm[part][kept], self.n)

    @staticmethod
    def _asks_role(wanted: Filter) -> bool:
        return any(role in ROLES for role in wanted.choices("role"))

    def _roles(self, wanted: Filter) -> list[int]:
        asked = [ROLES.index(role) for role in wanted.choices("role") if role in ROLES]
        return asked or list(range(len(ROLES)))

    def _role_mask(self, wanted: Filter) -> NDArray[np.bool_]:
        mask = np.zeros(len(ROLES), np.bool_)
        mask[self._roles(wanted)] = True
        return mask


def read_pairs(pairs: pl.DataFrame, n: int) -> Membership:
    """The confirmed pairs: chain_id, segment_id, at (row of the firm, below ``n``), role and score, one row a pair."""
    rows = _sorted(pairs)
    firm = rows["at"].to_numpy().astype(np.int32)
    role = rows["role"].replace_strict({key: at for at, key in enumerate(ROLES)}, return_dtype=pl.Int8).to_numpy()
    lengths = rows.group_by("chain_id", "segment_id", maintain_order=True).len()
    ends = lengths["len"].cum_sum().to_list()
    keys = lengths.select("chain_id", "segment_id").rows()
    slices = {key: slice(begin, end) for key, begin, end in zip(keys, [0, *ends[:-1]], ends, strict=True)}
    chains = tuple(dict.fromkeys(chain for chain, _ in keys))
    whole = {chain: _whole(slices, chain) for chain in chains}
    sets = [[of_positions(firm[part][role[part] == at], n) for at in range(len(ROLES))] for part in whole.values()]
    words = -(-n // 64)
    by_role = np.array(sets, np.uint64).reshape(len(chains), len(ROLES), words)
    nowhere = every(n) & ~of_positions(firm, n)
    score = rows["score"].cast(pl.Float32).to_numpy()
    by_firm = np.lexsort((-score, firm)).astype(np.int32)
    return Membership(n, chains, slices, firm, role, by_firm, by_role, np.bitwise_or.reduce(by_role, axis=1), nowhere)


def _sorted(pairs: pl.DataFrame) -> pl.DataFrame:
    """By chain, segment and firm: the few segments are sorted by name, their million pairs by number."""
    segments = pairs.select("chain_id", "segment_id").unique().sort("chain_id", "segment_id").with_row_index("number")
    return pairs.join(segments, on=["chain_id", "segment_id"]).sort("number", "at").drop("number")


def _whole(slices: Mapping[tuple[str, str], slice], chain: str) -> slice:
    parts: Iterable[slice] = [part for (one, _), part in slices.items() if one == chain]
    return slice(min(part.start for part in parts), max(part.stop for part in parts))
