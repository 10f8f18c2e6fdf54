"""What start.py does when all is well."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.start.running import POSIX, Started, is_alive


def test_the_first_start_makes_everything_and_prints_the_address(
    fresh: Path, port: int, started: list[Started]
) -> None:
    started.append(Started(fresh, "--port", str(port)))

    assert f"http://127.0.0.1:{port}" in started[0].said
    assert (fresh / "var" / "liantu.duckdb").read_text(encoding="utf-8") == "demo"
    assert [path.name for path in (fresh / "var").iterdir()] == ["liantu.duckdb"]
    assert started[0].served["db"] == str(fresh / "var" / "liantu.duckdb")
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass


def test_a_second_start_neither_installs_nor_builds(checkout: Path, port: int, started: list[Started]) -> None:
    (checkout / "facts.duckdb").write_text("facts of the user", encoding="utf-8")

    started.append(Started(checkout, "--port", str(port), "--db", "facts.duckdb"))

    assert len(started[0].said.splitlines()) == 1
    assert started[0].served["db"] == str(checkout / "facts.duckdb")
    assert (checkout / "facts.duckdb").read_text(encoding="utf-8") == "facts of the user"


def test_opening_to_the_network_is_said_aloud(checkout: Path, port: int, started: list[Started]) -> None:
    started.append(Started(checkout, "--port", str(port), "--host", "0.0.0.0"))

    assert "同一网络中的任何人都能打开" in started[0].said
    assert f"http://127.0.0.1:{port}" in started[0].said


@pytest.mark.skipif(not POSIX, reason="Windows has no signals to a group of processes")
@pytest.mark.parametrize("group", [True, False], ids=["terminal", "start.py alone"])
def test_ctrl_c_stops_the_server_and_says_so(checkout: Path, port: int, started: list[Started], group: bool) -> None:
    started.append(Started(checkout, "--port", str(port)))

    code, errors = started[0].interrupt(group=group)

    assert code == 130
    assert errors.strip().splitlines()[-1] == "已停止。"
    assert not is_alive(int(str(started[0].served["pid"])))


@pytest.mark.skipif(not POSIX, reason="Windows ends a process without telling it")
def test_a_terminated_start_leaves_no_server_behind(checkout: Path, port: int, started: list[Started]) -> None:
    started.append(Started(checkout, "--port", str(port)))

    started[0].process.terminate()

    assert started[0].process.wait(30) == 143
    assert not is_alive(int(str(started[0].served["pid"])))
