"""Searching all firms, by many people at once: facet counts and the first 50 rows, and search as you type.

python -m benchmarks.search --db registry.duckdb                           the service alone, against other ways of counting
python -m benchmarks.search --db registry.duckdb --url http://127.0.0.1:8501    the whole page of a running server as well
The store of a running server is locked: with --url give a copy of it.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import duckdb
import numpy as np
import polars as pl
import psutil
import websockets

from analysis.search.bits import unpack
from analysis.search.facets import CodeFacet
from analysis.search.filter import Filter
from analysis.search.index import search
from analysis.search.texts import Recent
from benchmarks.sessions import rerun
from data.store import Store, open_store
from services.context import Context, read_context
from services.found_firms import found_firms
from services.search import Universe
from services.target_search import open_universe

WORDS = ("轴承", "汽车零部件", "粉末冶金", "液压", "传感器", "jnzg", "zhongche", "铝合金压铸", "山东 电机", "生物制药")
ROWS = 50


def spent(act: Callable[[], object]) -> float:
    """Seconds that something takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def told(name: str, seconds: list[float], bar: str = "") -> str:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    p95 = ordered[round(0.95 * (len(ordered) - 1))]
    return f"{name:<44} n={len(ordered):>4}  median={1e3 * statistics.median(ordered):7.0f} ms  p95={1e3 * p95:7.0f} ms  {bar}"


def drawn(universe: Universe, chance: random.Random) -> Filter:
    """A filter of one to three facets, sometimes with a chain, sometimes with a word."""
    wanted = Filter(everywhere=True)
    for name in chance.sample(sorted(universe.index.facets), chance.randint(1, 3)):
        wanted = wanted.with_choices(name, [chance.choice(list(universe.index.facets[name].words))])
    if chance.random() < 0.5:
        wanted = replace(wanted, chain=chance.choice(universe.chains).id)
    return replace(wanted, text=chance.choice(WORDS)) if chance.random() < 0.3 else wanted


def answer(store: Store, context: Context, universe: Universe, wanted: Filter) -> None:
    """What the page asks for: every count, and the first rows explained."""
    found = search(universe.index, wanted)
    found_firms(context, universe, found.ordered(universe.index, 0, ROWS), wanted.text, wanted.chain)


def many(users: int, act: Callable[[random.Random], list[float]]) -> list[float]:
    """What all users measured, each in a thread of its own."""
    seconds: list[float] = []
    threads = [threading.Thread(target=lambda n=n: seconds.extend(act(random.Random(n)))) for n in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds


def narrowing(
    store: Store, context: Context, universe: Universe, rounds: int, pause: float
) -> Callable[[random.Random], list[float]]:
    """One person who changes a facet every ``pause`` seconds or so."""

    def act(chance: random.Random) -> list[float]:
        seconds = []
        for _ in range(rounds):
            time.sleep(chance.uniform(0.5, 1.5) * pause)
            wanted = drawn(universe, chance)
            seconds.append(spent(lambda wanted=wanted: answer(store, context, universe, wanted)))
        return seconds

    return act


def typing(
    store: Store, context: Context, universe: Universe, rounds: int, pause: float
) -> Callable[[random.Random], list[float]]:
    """One person who types a word, two characters and then one by one every third of a second, and reads what is found."""

    def act(chance: random.Random) -> list[float]:
        seconds = []
        for _ in range(rounds):
            time.sleep(chance.uniform(0.5, 1.5) * pause)
            word = chance.choice(WORDS) if chance.random() < 0.5 else _own_name(universe, chance)
            for size in range(2, min(len(word), 5) + 1):
                time.sleep(0.33)
                wanted = Filter(everywhere=True, text=word[:size])
                seconds.append(spent(lambda wanted=wanted: answer(store, context, universe, wanted)))
        return seconds

    return act


def _own_name(universe: Universe, chance: random.Random) -> str:
    """Four characters of a firm's name behind its place."""
    name = str(universe.index.texts.names[chance.randrange(universe.index.n)])
    begin = max(name.find("市") + 1, name.find("县") + 1, 2)
    return name[begin : begin + 4].replace(" ", "") or name[:4]


def other_ways(universe: Universe) -> list[str]:
    """Counting every facet of one choice as packed sets do, as numpy.bincount does, and as GROUP BY does."""
    index = universe.index
    wanted = Filter(everywhere=True).with_choices("province", ["370000"])
    rows = index.facets["province"].rows(["370000"])
    assert rows is not None
    single = [name for name, facet in index.facets.items() if isinstance(facet, CodeFacet) or len(facet.words) < 10]
    codes = {name: _codes(universe, name) for name in single}
    mask = unpack(rows, index.n)
    store = duckdb.connect(config={"threads": 2})
    store.register("coded", pl.DataFrame(codes | {"kept": mask}))
    store.execute("CREATE TABLE firm AS FROM coded")
    sets = ", ".join(f"({name})" for name in single)
    sql = f"SELECT {', '.join(single)}, count(*) FROM firm WHERE kept GROUP BY GROUPING SETS ({sets})"  # noqa: S608 - names of facets
    forgetful = replace(index.texts, known=Recent(0))
    forgetful.prepare()
    ways = {
        "packed sets, all facets and segments": lambda: search(index, wanted),
        f"numpy.bincount, {len(single)} facets": lambda: [np.bincount(codes[name][mask]) for name in single],
        f"DuckDB GROUPING SETS, {len(single)} facets": lambda: store.execute(sql).fetchall(),
        "reading the texts once (contains)": lambda: index.texts.rest.str.contains("轴承", literal=True).sum(),
        "a word never typed before, found and ordered": lambda: forgetful.find("轴承"),
    }
    return [told(name, [spent(way) for _ in range(7)]) for name, way in ways.items()]


def _codes(universe: Universe, name: str) -> np.ndarray:
    facet = universe.index.facets[name]
    if isinstance(facet, CodeFacet):
        return facet.codes
    found = np.zeros(universe.index.n, np.int16)
    for at, key in enumerate(facet.words):
        rows = facet.rows([key])
        assert rows is not None
        found[unpack(rows, universe.index.n)] = at
    return found


async def visitor(url: str, queries: list[str], pause: float, seconds: list[float]) -> None:
    """One person on the page: opens one address after another in one session."""
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    async with websockets.connect(address, subprotocols=["streamlit"], max_size=None, origin=url) as socket:
        await rerun(socket, "targets", "base=all")
        for query in queries:
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
            seconds.append(await rerun(socket, "targets", query))


async def visitors(url: str, universe: Universe, users: int, rounds: int, pause: float) -> list[float]:
    """Whole pages, drawn for all users at once."""
    seconds: list[float] = []
    queries = [
        [urlencode(drawn(universe, chance).query()) for _ in range(rounds)]
        for chance in map(random.Random, range(users))
    ]
    await asyncio.gather(*(visitor(url, own, pause, seconds) for own in queries))
    return seconds


def main() -> None:
    """Read the options, measure, print the lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--url", default=None)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--pause", type=float, default=4.0, help="seconds between two actions of one person")
    options = parser.parse_args()
    with open_store(options.db, create=False) as store:
        context = read_context(store)
        start = time.perf_counter()
        universe = open_universe(store, context)
        universe.index.texts.prepare()
        memory = psutil.Process().memory_info().rss / 2**20
        print(f"{universe.index.n:,} firms read in {time.perf_counter() - start:.1f} s; process {memory:,.0f} MB")
        one = narrowing(store, context, universe, 20, 0.0)(random.Random(99))
        print(told("one user: counts and first 50 rows", one))
        for line in other_ways(universe):
            print(line)
        rest = options.rounds, options.pause
        facets = many(options.users, narrowing(store, context, universe, *rest))
        print(told(f"{options.users} users: counts and first 50 rows", facets, "bar 500 / 1000"))
        typed = many(options.users, typing(store, context, universe, *rest))
        print(told(f"{options.users} users: search as you type", typed, "bar 200"))
    if options.url:
        pages = asyncio.run(visitors(options.url, universe, options.users, *rest))
        print(told(f"{options.users} users: the whole page", pages, "bar 500 / 1000"))


if __name__ == "__main__":
    main()
