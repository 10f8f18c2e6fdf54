"""The phrase dictionary of a store's firms, kept in a folder beside the database and brought up to date with it.

It is a by-product: where it is missing, damaged or of another program, it is made anew from the firms.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

import polars as pl

from analysis.matching import Phrases
from data.sql import load_sql
from data.store import Store

log = logging.getLogger("liantu")
Progress = Callable[[float, str], None]
PORTION = 400_000
"""Firms read between two savings: what an interruption can cost."""


def read_dictionary(store: Store, hashes: pl.DataFrame, progress: Progress) -> Phrases:
    """The dictionary of exactly these firms (firm_id, text_hash); what was not read yet is read and kept.

    Interrupted, it goes on from the last portion that was kept.
    """
    folder = _folder(store)
    phrases, known = _kept(folder)
    gone = known.join(hashes, on=["firm_id", "text_hash"], how="anti")
    phrases, known = phrases.without(gone["firm_id"]), known.join(gone, on="firm_id", how="anti")
    new = hashes.join(known, on="firm_id", how="anti").select("firm_id", "text_hash")
    for at in range(0, new.height, PORTION):
        part = new[at : at + PORTION]
        texts = store.query_polars(load_sql("match_texts"), wanted=part)
        phrases = phrases.updated(texts, _within(progress, at / new.height, part.height / new.height))
        known = pl.concat([known, part])
        _keep(folder, phrases, known)
    return phrases


def kept_dictionary(store: Store) -> Phrases | None:
    """The dictionary as the last matching left it; None where there is none, or one of another program."""
    phrases = _kept(_folder(store))[0]
    return phrases if phrases.firms.height else None


def dictionary_stamp(store: Store) -> str:
    """Changes whenever the dictionary is made or brought up to date; empty where there is none."""
    try:
        return f"{store.path}|{(_folder(store) / 'engine.txt').stat().st_mtime_ns}"
    except OSError:
        return ""


def _folder(store: Store) -> Path:
    return store.path.with_name(store.path.name + ".phrases")


def _within(progress: Progress, begin: float, size: float) -> Progress:
    return lambda share, text: progress(begin + size * share, text)


@cache
def engine() -> str:
    """Hash of the program that reads and matches: results of another one are not its own."""
    digest = hashlib.sha256()
    for entry in sorted(files("analysis.matching").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".py"):
            digest.update(entry.read_bytes())
    return digest.hexdigest()


def _kept(folder: Path) -> tuple[Phrases, pl.DataFrame]:
    """The dictionary in the folder and the firms that it has read; empty where there is none of this engine."""
    nothing = Phrases.empty(), pl.DataFrame(schema={"firm_id": pl.String, "text_hash": pl.UInt64})
    try:
        if (folder / "engine.txt").read_text(encoding="utf-8") != engine():
            return nothing
        return Phrases.read(folder), pl.read_parquet(folder / "known.parquet", memory_map=False)
    except (OSError, pl.exceptions.PolarsError):
        return nothing


def _keep(folder: Path, phrases: Phrases, known: pl.DataFrame) -> None:
    """Put the dictionary in place of the former one, whole or not at all; without it matching is slower, not wrong."""
    new = folder.with_name(folder.name + ".new")
    try:
        shutil.rmtree(new, ignore_errors=True)
        phrases.write(new)
        known.write_parquet(new / "known.parquet")
        (new / "engine.txt").write_text(engine(), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        new.replace(folder)
    except OSError as problem:
        log.warning("phrase dictionary not kept: %s", problem)
