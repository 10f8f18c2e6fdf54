"""How long a catalogue takes to become a file, and how much memory: python -m benchmarks.exports [--firms 1000 10000]

Each format in a process of its own, on the fictional firms of the demo repeated; beside it pandas' own writer (openpyxl) of
the main sheet alone as the named alternative, and copying the file's bytes as the limit.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from data.demo import build_demo
from data.store import open_store
from exports.columns import CATALOGUE
from exports.content import CatalogueContent
from services.catalogue import catalogue_content
from services.catalogue_draft import best_keys
from services.catalogue_files import FORMATS, Order, catalogue_file
from services.context import read_context
from services.loop import chain_state, targets_of
from services.matching import match_chains
from services.packages import demo_chains
from services.presence import load_cube

AT = datetime(2026, 10, 1, 9, 0)
ALTERNATIVE = "pandas.to_excel"
BARS = {
    (".xlsx", 1_000): (0.5, 1_000), (".docx", 1_000): (1, 1_000), (".pdf", 1_000): (2, 1_000),
    (".xlsx", 10_000): (3, 1_000), (".docx", 10_000): (5, 1_000), (".pdf", 10_000): (15, 1_000),
}  # fmt: skip
"""Kind and firms → seconds and MB that are allowed."""


def demo_content() -> CatalogueContent:
    """A catalogue of the demo district."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "demo.duckdb") as store:
        build_demo(store, demo_chains(), lambda _share, _told: None)
        match_chains(store, demo_chains(), AT)
        chain, context = demo_chains()[0], read_context(store)
        state = chain_state(store, chain, context, load_cube(store, demo_chains()))

        def ranked(segment_id: str) -> pd.DataFrame:
            return targets_of(store, chain, segment_id, context)

        return catalogue_content(store, chain, context, state, ranked, best_keys(ranked, state, 30, 50), AT)


def repeated(content: CatalogueContent, n_firms: int) -> CatalogueContent:
    """The catalogue with its firms repeated until they are ``n_firms``."""
    times = -(-n_firms // len(content.items))
    items = pd.concat([content.items] * times, ignore_index=True).head(n_firms)
    return replace(content, items=items.assign(position=range(1, n_firms + 1)))


def measure(kind: str, kept: Path, n_firms: int) -> str:
    """Seconds, processor seconds, size and the most memory of one format, its children's included; run in a process of its own."""
    content = repeated(pd.read_pickle(kept), n_firms)
    start, busy = time.perf_counter(), processor_seconds()
    alternative = kind == ALTERNATIVE
    file = (
        by_pandas(content, kept.with_suffix(".xlsx")) if alternative else catalogue_file(content, kind, Order("bench"))
    )
    seconds, spent = time.perf_counter() - start, processor_seconds() - busy
    start = time.perf_counter()
    kept.with_suffix(".copy").write_bytes(file)
    limit = time.perf_counter() - start
    own, children = (
        resource.getrusage(who).ru_maxrss / 1e3 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    bar, most = BARS.get((kind, n_firms), ("", ""))
    return (
        f"{kind:<16} {n_firms:>6} firms  {seconds:7.3f} s  processor {spent:7.3f} s  bar {bar!s:>4}  {len(file) / 1e6:6.2f} MB  "
        f"memory {own:5.0f} MB, typesetter {children:5.0f} MB  bar {most!s:>5}  writing the bytes {limit:.4f} s"
    )


def processor_seconds() -> float:
    """Of this process and of its finished children."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def by_pandas(content: CatalogueContent, target: Path) -> bytes:
    """The columns of the catalogue's main sheet alone, as the named alternative writes them."""
    keys = [column.key for column in CATALOGUE if column.key in content.items]
    content.items[keys].astype(str).to_excel(target)
    return target.read_bytes()


def main() -> None:
    """Make the content once, then each format and size in its own process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--one", nargs=3, metavar=("KIND", "FILE", "N"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        kind, file, n_firms = options.one
        print(measure(kind, Path(file), int(n_firms)))
        return
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "content.pickle"
        pd.to_pickle(demo_content(), kept)
        for n_firms in options.firms:
            for kind in (*FORMATS, ALTERNATIVE):
                command = [sys.executable, "-m", "benchmarks.exports", "--one", kind, str(kept), str(n_firms)]
                subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
