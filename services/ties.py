"""How firms elsewhere are tied to the home region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.connection import LocalPaths, local_paths, path_steps, path_text
from data.regions import Region
from data.sql import load_sql
from data.store import Store
from services.names import names_of
from services.projects import projects_of

_PROJECT = "project:"
"""Before the id of a project, which is no firm."""


@dataclass(frozen=True)
class Ties:
    """Links between firms, and from firms to the region's projects; the shortest paths along them into the region.

    projects : name of each project, by the id that it has in the links
    """

    links: pd.DataFrame
    paths: LocalPaths
    projects: Mapping[str, str]

    @property
    def n_projects(self) -> pd.Series:
        """Number of the region's projects by firm; firms without any are left out."""
        return self.links.from_id[self.links.kind == "project"].value_counts()


def read_ties(store: Store, region: Region) -> Ties:
    """The ties of a region. They depend on firms, relations and projects, not on segments or weights: keep them."""
    recorded = store.query(load_sql("local_links").replace("{region}", region.where_sql), region.params)
    projects = projects_of(store, region)
    projects = projects[projects.firm_id.notna()]
    own = pd.DataFrame(
        {
            "from_id": projects.firm_id, "from_local": False, "to_id": _PROJECT + projects.project_id, "to_local": True,
            "kind": "project", "source_title": projects.source_title,
        }
    )  # fmt: skip
    links = pd.concat([recorded, own], ignore_index=True) if len(own) else recorded
    links = links.assign(inferred=links.kind == "brand")
    return Ties(links, local_paths(links), dict(zip(_PROJECT + projects.project_id, projects.name, strict=True)))


def tied(store: Store, ties: Ties, firms: pd.Series) -> pd.DataFrame:
    """The shortest path of those firms that have one, in words.

    Returns
    -------
    one row a firm outside the region: firm_id, tie_value (0–1], tie_steps, tie_inferred (links), tie_text.
    """
    paths = ties.paths.of(firms)
    links = _told(store, ties, sorted({row for path in paths.path for row, _ in path}))
    texts = pd.Series([path_text(path, links) for path in paths.path], index=paths.index, dtype="str")
    named = paths.rename(columns={"value": "tie_value", "n_steps": "tie_steps", "n_inferred": "tie_inferred"})
    return named.drop(columns="path").assign(tie_text=texts)


@dataclass(frozen=True)
class Step:
    """One link of a referral path: what it says with its source, the firm (or project) it leads to, whether it is inferred."""

    text: str
    to_id: str
    to_name: str
    is_project: bool
    inferred: bool


def referral(store: Store, ties: Ties, firm_id: str) -> tuple[Step, ...]:
    """The shortest path from a firm to the region, link by link; empty where none of three links is known."""
    paths = ties.paths.of(pd.Index([firm_id]))
    if paths.empty:
        return ()
    path = paths.path.iloc[0]
    links = _told(store, ties, [row for row, _ in path])
    ends = [(links[row], "to" if onward else "from") for row, onward in path]
    return tuple(
        Step(said, link[f"{end}_id"], link[f"{end}_name"], link[f"{end}_id"] in ties.projects, bool(link["inferred"]))
        for said, (link, end) in zip(path_steps(path, links), ends, strict=True)
    )


def _told(store: Store, ties: Ties, rows: list[int]) -> dict[int, Mapping[str, Any]]:
    """The links of those rows with the names of both ends."""
    used = ties.links.iloc[rows]
    ids = pd.concat([used.from_id, used.to_id]).unique().tolist()
    names = names_of(store, ids) | dict(ties.projects)
    told = used.assign(from_name=used.from_id.map(names), to_name=used.to_id.map(names))
    return dict(zip(rows, told.to_dict("records"), strict=True))
