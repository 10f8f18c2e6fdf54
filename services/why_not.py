"""Why a firm is not among the targets of a segment, from the store."""

from __future__ import annotations

import pandas as pd

from analysis.targets import TargetParams
from analysis.why_not import why_not
from chains.model import Chain
from data.regions import Region
from data.sql import load_sql
from data.store import Store

MOST = 20
"""Firms explained at once."""


def explain_absence(
    store: Store,
    chain: Chain,
    segment_id: str,
    region: Region,
    text: str,
    ranked: pd.DataFrame,
    params: TargetParams = TargetParams(),
) -> pd.DataFrame:
    """Firms whose name contains the text (or whose code it is), each with its rank or why it is no target.

    Parameters
    ----------
    ranked : targets of the segment, best first (``services.loop.targets_of``)

    Returns
    -------
    one row a firm, those of the segment first, at most ``MOST``: the columns of ``why_not.sql``, rank and why
    (``analysis.why_not.why_not``); none for an empty text.
    """
    sql = load_sql("why_not").replace("{region}", region.where_sql)
    asked = {"text": text.strip(), "limit": MOST if text.strip() else 0}
    asked |= {"chain_id": chain.id, "segment_id": segment_id}
    return why_not(store.query(sql, asked | region.params), ranked, params)
