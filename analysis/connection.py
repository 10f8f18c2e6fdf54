"""The shortest sourced path from a firm to the home region, through recorded and inferred links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LONGEST = 3
"""Links of a path."""
STEP = 0.5
"""Worth of a path against one that is a link shorter, or whose link is recorded rather than inferred."""
PHRASES: Mapping[str, tuple[str, str]] = {
    "branch": ("{s}设有分支机构{o}", "{s}是{o}的分支机构"),
    "owns": ("{s}投资{o}", "{s}由{o}投资"),
    "supplies": ("{s}供货给{o}", "{s}由{o}供货"),
    "referral": ("{s}可引荐{o}", "{s}可由{o}引荐"),
    "project": ("{s}在本地有项目{o}", "{s}是{o}的项目"),
    "brand": ("{s}与{o}同字号", "{s}与{o}同字号"),
}
"""What each kind of link says, seen from its beginning and from its end; another kind is said by its own word."""


@dataclass(frozen=True)
class LocalPaths:
    """Best paths of at most three links from firms to the region. Made by ``local_paths``.

    firms : node of each firm; costs : least cost by number of links (1, 2, 3) and node; chosen : the directed link that it
    begins with; heads : node at the end of each directed link; the second half of these are the links walked backwards
    """

    firms: pd.Index
    local: NDArray[np.bool_]
    costs: NDArray[np.float64]
    chosen: NDArray[np.int64]
    heads: NDArray[np.intp]
    inferred: NDArray[np.bool_]

    def of(self, firms: pd.Series | pd.Index) -> pd.DataFrame:
        """The paths of those firms that have one.

        Returns
        -------
        one row a firm outside the region, in the order given: firm_id, value (0–1], n_steps, n_inferred and path (tuple of
        (row of the links, whether it is walked from its beginning)).
        """
        nodes = self.firms.get_indexer(pd.Index(firms))
        nodes = nodes[nodes >= 0]
        least = self.costs[:, nodes].min(axis=0) if len(nodes) else np.empty(0)
        nodes, least = nodes[known := np.isfinite(least) & ~self.local[nodes]], least[known]
        rows = [self._path(int(node)) for node in nodes]
        n_links = len(self.heads) // 2
        return pd.DataFrame(
            {
                "firm_id": self.firms[nodes],
                "value": STEP ** (least - 1),
                "n_steps": [len(row) for row in rows],
                "n_inferred": [int(self.inferred[row].sum()) for row in rows],
                "path": [tuple((edge % n_links, edge < n_links) for edge in row) for row in rows],
            }
        )

    def _path(self, node: int) -> list[int]:
        links = []
        for number in range(int(np.argmin(self.costs[:, node])), -1, -1):
            links.append(int(self.chosen[number, node]))
            node = int(self.heads[links[-1]])
        return links


def local_paths(links: pd.DataFrame) -> LocalPaths:
    """The best path of at most three links from every firm that has one to a firm (or project) of the region.

    The value of a path of k links, i of them inferred, is 0.5^(k − 1 + i): 1 for a recorded link, 0.5 for two, or for one
    that is inferred. Among paths of one value the one with fewer links is taken, then the one whose links come first.

    Parameters
    ----------
    links : from_id, to_id, from_local and to_local (bool), inferred (bool); one row a link, used both ways

    Examples
    --------
    >>> links = pd.DataFrame({"from_id": ["a", "b"], "to_id": ["b", "c"], "from_local": False, "to_local": [False, True],
    ...                       "inferred": [False, False]})
    >>> local_paths(links).of(pd.Index(["a", "b", "c"]))[["firm_id", "value", "path"]].values.tolist()
    [['a', 0.5, ((0, True), (1, True))], ['b', 1.0, ((1, True),)]]
    """
    codes, names = pd.factorize(pd.concat([links.from_id, links.to_id], ignore_index=True))
    begin, end = codes[: len(links)], codes[len(links) :]
    local = np.zeros(len(names), dtype=bool)
    local[begin[links.from_local.to_numpy(dtype=bool)]] = True
    local[end[links.to_local.to_numpy(dtype=bool)]] = True
    tails, heads = np.concatenate([begin, end]), np.concatenate([end, begin])
    inferred = np.tile(links.inferred.to_numpy(dtype=bool), 2)
    costs, chosen = _walk(tails, heads, 1 + inferred, local)
    return LocalPaths(pd.Index(names), local, costs, chosen, heads, inferred)


def _walk(
    tails: NDArray[np.intp], heads: NDArray[np.intp], cost: NDArray[np.int64], local: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Least cost from each firm with exactly 1, 2, 3 links, and the link with which each of these begins."""
    known = np.where(local, 0.0, np.inf)
    costs, chosen = [], []
    for _ in range(LONGEST):
        total = cost + known[heads]
        order = np.lexsort((total, tails))
        nodes, first = np.unique(tails[order], return_index=True)
        links, known = np.full(len(local), -1), np.full(len(local), np.inf)
        links[nodes], known[nodes] = order[first], total[order[first]]
        costs.append(known)
        chosen.append(links)
    return np.array(costs), np.array(chosen)


def path_text(path: Iterable[tuple[int, bool]], links: Mapping[int, Mapping[str, Any]]) -> str:
    """A path in words, every link with its source; links that are inferred say so.

    Parameters
    ----------
    path : of ``LocalPaths.of``
    links : by row: kind, from_name, to_name, since, source_title, inferred, and confidence (0–1) of those that are inferred

    Examples
    --------
    >>> link = {"kind": "owns", "from_name": "甲", "to_name": "乙", "since": None, "source_title": "年报", "inferred": False}
    >>> path_text(((0, False),), {0: link})
    '由“甲”投资（来源：年报），在本地'
    """
    steps = [_step(links[row], onward, first=number == 0) for number, (row, onward) in enumerate(path)]
    last = links[list(path)[-1][0]]["kind"]
    return "，".join(steps) + ("" if last == "project" else "，在本地")


def path_steps(path: Iterable[tuple[int, bool]], links: Mapping[int, Mapping[str, Any]]) -> list[str]:
    """The links of a path one by one, each in words with its source (see :func:`path_text`).

    >>> link = {"kind": "owns", "from_name": "甲", "to_name": "乙", "since": None, "source_title": "年报", "inferred": False}
    >>> path_steps(((0, False),), {0: link})
    ['“乙”由“甲”投资（来源：年报）']
    """
    return [_step(links[row], onward, first=False) for row, onward in path]


def _step(link: Mapping[str, Any], onward: bool, *, first: bool) -> str:
    names = link["from_name"], link["to_name"]
    subject, thing = names if onward else names[::-1]
    words = PHRASES.get(link["kind"], (f"{{s}}与{{o}}有“{link['kind']}”关系",) * 2)[0 if onward else 1]
    return f"{words.format(s='' if first else f'“{subject}”', o=f'“{thing}”')}（{_source(link)}）"


def _source(link: Mapping[str, Any]) -> str:
    if link["inferred"]:
        return f"推断，把握 {link['confidence']:.0%}"
    year = "" if pd.isna(link["since"]) else f"，{pd.Timestamp(link['since']).year} 年"
    return f"来源：{link['source_title']}{year}"
