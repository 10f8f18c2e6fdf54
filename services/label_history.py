"""What the labels of the home region were: kept whenever its firms change, so that changes can be told later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime

import pandas as pd

from analysis.presence import NothingToCompare
from data.regions import Region, resolve_region
from data.settings import home_adcode
from data.sql import load_sql
from data.store import Store
from services.judging import judged_cube, read_judging
from services.packages import in_use
from services.presence import NotMatched, chain_labels, load_cube, load_local

KEPT = ["chain_id", "segment_id", "label", "n_local", "expected"]


def basis(store: Store) -> str:
    """What labels are judged by at this moment, as JSON: benchmark and parameters of labels."""
    judging = read_judging(store)
    return json.dumps(asdict(judging.label) | {"benchmark": judging.benchmark}, ensure_ascii=False, sort_keys=True)


def labels_at(store: Store, home: Region, at: datetime) -> pd.DataFrame:
    """The labels as they were last kept at a moment, one row a segment; empty where none were.

    chain_id, segment_id, label, n_local, expected, basis, taken_at.
    """
    return store.query(load_sql("label_snapshot"), {"home": home.adcode, "at": at})


def keep_labels(store: Store, at: datetime) -> bool:
    """Keep the labels of the home region where they are not as last kept; False where there is nothing (new) to keep."""
    code = home_adcode(store)
    if code is None or not store.rows("SELECT 1 FROM firm LIMIT 1"):
        return False
    home, judged_by = resolve_region(store, code), basis(store)
    try:
        now = _labels(store, home)
    except (NotMatched, NothingToCompare):
        return False
    last = labels_at(store, home, at)
    if _same(now, last) and set(last.basis) == {judged_by}:
        return False
    with store.write() as cursor:
        kept = now.assign(home_adcode=home.adcode, basis=judged_by, taken_at=pd.Timestamp(at))
        store.write_frame(cursor, "label_snapshot", kept)
    return True


@contextmanager
def keeping(store: Store) -> Iterator[None]:
    """Keep the labels as they are before, and as they are after, what is done to the firms inside."""
    keep_labels(store, _now())
    yield
    keep_labels(store, _now())


def _now() -> datetime:
    return datetime.now()  # noqa: DTZ005 - the server's own clock, as its users read it


def _labels(store: Store, home: Region) -> pd.DataFrame:
    cube, local, judging = load_cube(store, in_use(store)), load_local(store, home), read_judging(store)
    judged = judged_cube(store, cube, local, home, judging.benchmark)
    rows = [chain_labels(chain, local, judged, None, judging.label).assign(chain_id=chain.id) for chain in cube.chains]
    return pd.concat(rows, ignore_index=True)[KEPT]


def _same(now: pd.DataFrame, last: pd.DataFrame) -> bool:
    key = ["chain_id", "segment_id", "label"]
    return set(now[key].itertuples(index=False, name=None)) == set(last[key].itertuples(index=False, name=None))
