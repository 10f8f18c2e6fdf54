"""How long and how much memory an import takes: ``python benchmarks/importing.py FILE KIND AS_OF [--db PATH]``.

Under GNU time (``/usr/bin/time -v``) its "Maximum resident set size" is the figure to quote; where the system can tell,
the script prints the peak itself.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from data.imports import import_file
from data.store import open_store


def peak_bytes() -> int | None:
    """Peak resident set of this process; None where the system does not tell (Windows)."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("kind")
    parser.add_argument("as_of")
    parser.add_argument("--db", type=Path)
    parser.add_argument("--dry-run", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        database = options.db or Path(folder) / "bench.duckdb"
        started = time.perf_counter()
        with open_store(database) as store:
            print(f"open {time.perf_counter() - started:6.1f} s")
            report = import_file(
                store, options.file, options.kind, as_of=options.as_of, dry_run=options.dry_run,
                progress=lambda share, text: print(f"{time.perf_counter() - started:6.1f} s  {share:4.0%}  {text}"),
            )  # fmt: skip
        for line in report.lines():
            print(line)
        print(
            f"read {report.n_read} accepted {report.n_accepted} rejected {report.n_rejected} flagged {report.n_flagged}"
        )
        print(f"{report.seconds:.1f} s, database {database.stat().st_size / 2**20:.0f} MiB")
    peak = peak_bytes()
    if peak is not None:
        print(f"peak {peak / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
