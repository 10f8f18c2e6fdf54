"""The command that lists gaps: weights by list, by name and by file, and slips in them."""

from __future__ import annotations

import json
import sys
from math import log

import pytest

from commands import conclusions
from commands.app import run
from data.store import open_store
from services.saved_weights import save_weights
from tests.chains.tiny import tiny_chain
from tests.services.conftest import AT, fill

WEIGHTS = {"criticality": 0.0, "demand_pull": 1.0, "feasibility": 0.0, "openness": 0.0}


@pytest.fixture
def gaps(tmp_path, monkeypatch, capsys):
    """Runs the command on Shiyan, which lacks powder and press; gives exit code, output and what went wrong."""
    path = tmp_path / "tiny.duckdb"
    with open_store(path) as store:
        fill(store, tiny_chain())
        save_weights(store, "gaps", "只看需求", WEIGHTS, actor="甲", at=AT)
    monkeypatch.setattr(conclusions, "find_chain", lambda _store, _text: tiny_chain())
    monkeypatch.setattr(conclusions, "in_use", lambda _store: (tiny_chain(),))

    def call(*words: str) -> tuple[int, str, str]:
        command = ["gaps", "--db", str(path), "--chain", "tiny", "--region", "420300", *words]
        monkeypatch.setattr(sys, "argv", ["cli.py", *command])
        code = run()
        return code, *capsys.readouterr()

    return call


def test_gaps_name_parts_shares_and_the_firmness_of_their_rank(gaps):
    code, out, _ = gaps("--json")

    first = json.loads(out)[0]
    assert code == 0
    assert set(first["parts"]) == {"criticality", "demand_pull", "feasibility", "openness"}
    assert first["local_supply_share"] == {"used": 0.0, "pool": 0.0, "slq": 0.0, "flq": None}
    assert (first["rank"], first["rank_best"], first["demand_tier"]) == (1, 1, "A")


@pytest.mark.parametrize("weights", ["只看需求", "criticality=0,需求=1,feasibility=0,openness=0"])
def test_weights_change_the_priorities(gaps, weights):
    _, out, _ = gaps("--json", "--weights", weights)

    # powder is 0.6 and press 0.4 of what parts buy, neither is made here: ln(8.2) is the largest, ln(5.8) the other
    assert {row["segment_id"]: row["priority"] for row in json.loads(out)} == pytest.approx(
        {"powder": 100.0, "press": 100 * log(5.8) / log(8.2)}, abs=1e-5
    )


def test_the_weights_used_are_said(gaps):
    _, out, _ = gaps("--weights", "只看需求")

    assert "权重：关键性 0，需求 1，可行性 0，未覆盖 0" in out
    assert "供需池法（证据等级 A）" in out


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ("criticalty=1", "权重里没有“criticalty”这一项；是否为“criticality”？"),
        ("只看须求", "没有权重方案“只看须求”；是否为“只看需求”？已存的有：只看需求"),
        ("no_such_file.yaml", "no_such_file.yaml"),
    ],
)
def test_a_slip_is_bad_input_with_what_is_possible(gaps, weights, said):
    code, _, wrong = gaps("--weights", weights)

    assert code == 3
    assert said in wrong
