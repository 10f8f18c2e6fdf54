"""What a catalogue holds, before it becomes a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

NO_GAP = "非缺口"
"""The action of a firm whose segment is no gap here."""


@dataclass(frozen=True)
class CatalogueContent:
    """A 招商目录: front page facts and tables. Frames as made by services; missing stays missing.

    title : of the whole; state : one paragraph on the chain; caption : region, data date, sources
    mark : 演示数据（虚构） or empty; version : number of the frozen version, None for a draft; content_sha256 : of its items
    left_out : sentences on firms of the list that are no target of their segment (any more)
    no_projects : the sentence that stands where projects is empty
    place, chain : names for a title that is made from a template; empty where ``title`` stands as it is
    offices : (词, 值) such as 链长; parameters : (参数, 值) shown with the sources
    """

    title: str
    state: str
    caption: str
    mark: str
    made_at: datetime
    version: int | None
    content_sha256: str | None
    offices: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...]
    items: pd.DataFrame
    gaps: pd.DataFrame
    coverage: pd.DataFrame
    projects: pd.DataFrame
    sources: pd.DataFrame
    left_out: tuple[str, ...] = ()
    no_projects: str = "没有挂接到本链的项目"
    place: str = ""
    chain: str = ""
