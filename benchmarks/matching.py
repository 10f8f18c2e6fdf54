"""Measure matching on a whole register: everything once, keywords against slower ways, one segment, one keyword, growth.

    python -m benchmarks.matching ../shared/data/registry_1m.parquet [--firms N] [--grow 4] [--json]

The segments are made from the register's own nouns: 2,000 of them, evenly spaced over the 20,000 most frequent, five to a
segment. pandas and pyahocorasick run on a slice and are extrapolated linearly, which is said where it is done; that the
same pairs are found is checked on that slice in full.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import ahocorasick
import polars as pl

from analysis.matching import Phrases, SegmentRule, match, match_phrases, occurrences, preview
from analysis.matching.normalise import decode, encode, table

T = TypeVar("T")

SEGMENTS, PER_SEGMENT = 400, 5
#: Firms and keywords on which the pandas loop is run.
PANDAS_FIRMS, PANDAS_KEYWORDS = 100_000, 100
AHO_FIRMS = 100_000


def timed(action: Callable[..., T], *given: object) -> tuple[float, T]:
    """Seconds that an action takes, and what it returns."""
    gc.collect()
    start = time.perf_counter()
    value = action(*given)
    return time.perf_counter() - start, value


def peak_gb() -> float:
    """Most memory that this process has held, in GB (10^9 bytes); nan where the system does not tell (Windows)."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return float("nan")
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9


def read(path: Path, firms: int | None) -> pl.DataFrame:
    """The register's ids, names and scopes."""
    frame = pl.read_parquet(path, columns=["uscc", "name", "scope"], n_rows=firms)
    return frame.rename({"uscc": "firm_id"})


def vocabulary(phrases: Phrases) -> list[SegmentRule]:
    """400 segments of five nouns each."""
    counts = phrases.tokens.group_by("phrase").len()
    plain = (pl.col("marks") == 0) & (pl.col("lead") == 0) & (pl.col("trail") == 0)
    nouns = (
        phrases.phrases.with_row_index("phrase")
        .filter(plain & pl.col("text").str.contains(r"^[\u4e00-\u9fff]{2,8}$"))
        .join(counts, on="phrase")
        .sort("len", "phrase", descending=[True, False])
    )
    words = nouns["text"].to_list()[:20_000]
    step = max(len(words) // (SEGMENTS * PER_SEGMENT), 1)
    words = words[::step][: SEGMENTS * PER_SEGMENT]
    groups = [words[place : place + PER_SEGMENT] for place in range(0, len(words), PER_SEGMENT)]
    return [
        SegmentRule(f"s{number:03d}", group[0], f"制造{group[0]}；只销售的不算", tuple(group))
        for number, group in enumerate(groups)
    ]


def whole(path: Path, firms: int | None, rules: list[SegmentRule], out: Path) -> dict[str, float]:
    """Seconds of reading, taking apart, matching and writing, each and together."""
    start = time.perf_counter()
    seconds_read, frame = timed(read, path, firms)
    seconds_build, phrases = timed(Phrases.build, frame)
    del frame
    seconds_match, matched = timed(match_phrases, phrases, rules)
    seconds_write, _ = timed(matched.pairs.write_parquet, out)
    return {
        "read_s": seconds_read,
        "take_apart_s": seconds_build,
        "match_s": seconds_match,
        "write_s": seconds_write,
        "all_s": time.perf_counter() - start,
        "all_processor_s": time.process_time(),
        "pairs": len(matched.pairs),
        "peak_gb": peak_gb(),
    }


def same_text(scopes: pl.Series) -> pl.Series:
    """Scopes in the form in which phrases are compared, so that slower ways look at the same characters."""
    codes, starts = decode(scopes)
    kept = table(lower=True)[codes]
    kept[kept == 0] = ord("；")
    return encode(kept, starts)


def pandas_pairs(texts: pl.Series, words: list[str]) -> set[tuple[int, int]]:
    """(row, keyword) pairs by a loop over pandas str.contains."""
    column = texts.to_pandas()
    return {
        (int(row), number)
        for number, word in enumerate(words)
        for row in column.index[column.str.contains(word, regex=False)]
    }


def aho_pairs(texts: list[str], words: list[str]) -> set[tuple[int, int]]:
    """(row, keyword) pairs by one automaton over every full text."""
    automaton = ahocorasick.Automaton()
    for number, word in enumerate(words):
        automaton.add_word(word, number)
    automaton.make_automaton()
    return {(row, number) for row, text in enumerate(texts) for _, number in automaton.iter(text)}


def compare(phrases: Phrases, frame: pl.DataFrame, words: list[str]) -> dict[str, float | bool]:
    """The plain keyword part against the pandas loop and pyahocorasick."""
    seconds, found = min((timed(occurrences, phrases, words) for _ in range(3)), key=lambda run: run[0])
    texts = same_text(frame["scope"][: max(PANDAS_FIRMS, AHO_FIRMS)])
    aho_s, by_aho = timed(lambda: aho_pairs(texts[:AHO_FIRMS].to_list(), words))
    some = words[:: max(len(words) // PANDAS_KEYWORDS, 1)][:PANDAS_KEYWORDS]
    pandas_s, by_pandas = timed(lambda: pandas_pairs(texts[:PANDAS_FIRMS], some))
    ours = set(found.filter(pl.col("firm") < AHO_FIRMS).iter_rows())
    place = {word: number for number, word in enumerate(words)}
    ours_some = {(row, number) for row, number in ours if words[number] in set(some) and row < PANDAS_FIRMS}
    pandas_all = pandas_s * len(frame) / min(PANDAS_FIRMS, len(frame)) * len(words) / len(some)
    aho_all = aho_s * len(frame) / min(AHO_FIRMS, len(frame))
    return {
        "keywords_s": seconds,
        "keyword_pairs": len(found),
        "pandas_extrapolated_s": pandas_all,
        "pyahocorasick_extrapolated_s": aho_all,
        "times_pandas": pandas_all / seconds,
        "times_pyahocorasick": aho_all / seconds,
        "same_pairs_as_pyahocorasick": ours == by_aho,
        "same_pairs_as_pandas": ours_some == {(row, place[some[number]]) for row, number in by_pandas},
    }


def small_changes(phrases: Phrases, rules: list[SegmentRule]) -> dict[str, float]:
    """Re-matching one segment, and previewing one keyword: the slowest of several, of previews the median too."""
    chosen = rules[:: max(len(rules) // 8, 1)][:8]
    rematch = [timed(match_phrases, phrases, [rule])[0] for rule in chosen]
    shown = [timed(preview, phrases, rule.keywords[0])[0] for rule in chosen]
    return {
        "rematch_one_segment_s": max(rematch),
        "preview_keyword_s": statistics.median(shown),
        "preview_keyword_slowest_s": max(shown),
    }


def grown(path: Path, firms: int | None, rules: list[SegmentRule], times: int) -> dict[str, float]:
    """Seconds per million firms and memory of matching the register so many times over, with other names and ids."""
    frame = read(path, firms)
    copies = [frame.with_columns(pl.col("firm_id") + f"-{copy}", pl.col("name") + f"{copy}号") for copy in range(times)]
    universe = pl.concat(copies, rechunk=False)
    count = len(universe)
    del frame, copies
    before = time.process_time()
    seconds, matched = timed(match, universe, rules)
    return {
        f"s_per_million_at_{count}": seconds / count * 1e6,
        f"processor_s_per_million_at_{count}": (time.process_time() - before) / count * 1e6,
        f"pairs_at_{count}": len(matched.pairs),
        f"peak_gb_at_{count}": peak_gb(),
    }


def main() -> None:
    """Run everything and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("registry", type=Path)
    parser.add_argument("--firms", type=int, help="only so many firms")
    parser.add_argument("--grow", type=int, help="also measure the register so many times over")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    figures: dict[str, object] = {"firms": pl.scan_parquet(given.registry).head(given.firms or 10**9).collect().height}
    figures["read_text_once_s"] = timed(lambda: read(given.registry, given.firms)["scope"].str.len_bytes().sum())[0]
    frame = read(given.registry, given.firms)
    phrases = Phrases.build(frame)
    rules = vocabulary(phrases)
    words = [word for rule in rules for word in rule.keywords]
    figures |= {"segments": len(rules), "keywords": len(words)}
    figures |= compare(phrases, frame, words) | small_changes(phrases, rules)
    del phrases
    del frame
    gc.collect()
    figures |= _whole_apart(given.registry, given.firms, rules)
    for times in sorted({1, given.grow} if given.grow else ()):
        figures |= apart(grown, given.registry, given.firms, rules, times)
    print(json.dumps(figures, ensure_ascii=False, indent=1) if given.json else _lines(figures))


def apart(action: Callable[..., T], *given: object) -> T:
    """What an action returns in a fresh process, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(action, *given).result()


def _whole_apart(path: Path, firms: int | None, rules: list[SegmentRule]) -> dict[str, float]:
    """The whole run in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        return apart(whole, path, firms, rules, Path(folder) / "pairs.parquet")


def _lines(figures: dict[str, object]) -> str:
    return "\n".join(
        f"{name:32} {value:.3f}" if isinstance(value, float) else f"{name:32} {value}"
        for name, value in figures.items()
    )


if __name__ == "__main__":
    main()
