"""How long a catalogue takes to become a file, and how much memory: python -m benchmarks.exports [--firms 1000 10000]

Each format in a process of its own, on the fictional firms of the demo repeated; beside it pandas' own writer of the same
table (openpyxl) as the named alternative, and copying the file's bytes as the limit.
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
from exports.content import CatalogueContent
from services.catalogue import best_keys, catalogue_content
from services.catalogue_files import FORMATS, Order, catalogue_file
from services.context import read_context
from services.loop import chain_state, targets_of
from services.matching import match_chains
from services.packages import demo_chains
from services.presence import load_cube

AT = datetime(2026, 10, 1, 9, 0)
ALTERNATIVE = "pandas.to_excel"


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
    """Seconds, size and the most memory of one format; run in a process of its own."""
    content = repeated(pd.read_pickle(kept), n_firms)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    if kind == ALTERNATIVE:
        target = kept.with_suffix(".xlsx")
        content.items.drop(columns=content.items.columns[content.items.dtypes == "datetimetz"]).astype(str).to_excel(
            target
        )
        file = target.read_bytes()
    else:
        file = catalogue_file(content, kind, Order("bench"))
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    kept.with_suffix(".copy").write_bytes(file)
    limit = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (
        f"{kind:<16} {n_firms:>6} firms  {seconds:7.3f} s  {len(file) / 1e6:6.2f} MB  memory {most / 1e3:5.0f} MB "
        f"(+{(most - before) / 1e3:.0f})  writing the bytes {limit:.4f} s"
    )


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
