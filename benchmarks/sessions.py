"""Many people at once: sessions that open pages over the websocket, as a browser does, and wait for each rerun to end.

python benchmarks/sessions.py --url http://127.0.0.1:8501 --sessions 20 --rounds 10
python benchmarks/sessions.py --url http://127.0.0.1:8501 --sessions 20 --rounds 18 --vary
prints median and 95th percentile of a rerun by page, and of all.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from pathlib import Path
from urllib.request import urlopen

import websockets
import yaml
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PAGES = ("overview", "chain_map", "gaps", "targets", "firm", "catalogue", "projects", "data_admin", "methods")
PACKAGES = Path(__file__).resolve().parents[1] / "chains" / "packages"
Timings = dict[str, list[float]]


def addresses() -> list[str]:
    """Query strings of every segment of every chain."""
    packages = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(PACKAGES.glob("*.yaml"))]
    return [f"chain={chain['id']}&segment={segment['id']}" for chain in packages for segment in chain["segments"]]


async def rerun(socket: websockets.ClientConnection, page: str, query: str) -> float:
    """Seconds from asking for a page until its script has finished."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    start = time.perf_counter()
    await socket.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await socket.recv())
        kind = answer.WhichOneof("type")
        if kind == "script_finished":
            return time.perf_counter() - start
        if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(f"page {page} failed: {answer.delta.new_element.exception.message}")


async def person(number: int, url: str, rounds: int, pause: float, queries: list[str], timings: Timings) -> None:
    """One person: walks through the pages, beginning at a different one from each neighbour, at one of the queries each."""
    choice = random.Random(number)
    await asyncio.sleep(pause * number / 20)
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    async with websockets.connect(address, subprotocols=["streamlit"], max_size=None, origin=url) as socket:
        for turn in range(rounds):
            page = PAGES[(number + turn) % len(PAGES)]
            timings[page].append(await rerun(socket, page, choice.choice(queries)))
            await asyncio.sleep(pause)


def report(name: str, seconds: list[float]) -> str:
    """One line: count, median and 95th percentile."""
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return f"{name:<12} n={len(ordered):>4}  median={statistics.median(ordered):.3f}s  p95={p95:.3f}s  max={ordered[-1]:.3f}s"


async def load(url: str, sessions: int, rounds: int, pause: float, queries: list[str]) -> Timings:
    """Timings by page of all sessions together."""
    timings: Timings = {page: [] for page in PAGES}
    await asyncio.gather(*(person(number, url, rounds, pause, queries, timings) for number in range(sessions)))
    return timings


def main() -> None:
    """Read the options, run the load, print the lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8501")
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--pause", type=float, default=5.0, help="seconds between two actions of one person")
    parser.add_argument("--query", default="", help="query string of every page, e.g. chain=auto_parts")
    parser.add_argument("--vary", action="store_true", help="every action at another segment, of any chain")
    options = parser.parse_args()
    queries = addresses() if options.vary else [options.query]
    start = time.perf_counter()
    urlopen(options.url, timeout=60).read()
    cold = asyncio.run(load(options.url, 1, 1, 0.0, [""]))
    print(f"first page of this server: {time.perf_counter() - start:.2f}s ({sum(map(len, cold.values()))} rerun)")
    timings = asyncio.run(load(options.url, options.sessions, options.rounds, options.pause, queries))
    for page, seconds in timings.items():
        if seconds:
            print(report(page, seconds))
    print(report("all", [second for seconds in timings.values() for second in seconds]))


if __name__ == "__main__":
    main()
