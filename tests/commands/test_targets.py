"""The command that lists targets: what its JSON holds, and weights."""

from __future__ import annotations

import json
import sys
from datetime import datetime

import pytest

from commands import targets as command
from commands.app import run
from data.store import open_store
from services.outreach import Outreach, tell_outreach
from tests.chains.tiny import tiny_chain
from tests.services.conftest import fill

KEYS = {"uscc", "name", "region", "segment_id", "score", "completeness", "parts", "reason", "conflicts"}


@pytest.fixture
def targets(tmp_path, monkeypatch, capsys):
    path = tmp_path / "tiny.duckdb"
    with open_store(path) as store:
        fill(store, tiny_chain())
    monkeypatch.setattr(command, "find_chain", lambda _store, _text: tiny_chain())
    monkeypatch.setattr(command, "in_use", lambda _store: (tiny_chain(),))

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(
            sys, "argv", ["cli.py", "targets", "--db", str(path), "--chain", "tiny", "--segment", "press", *words]
        )
        code = run()
        return code, *capsys.readouterr()

    return call


def test_targets_hold_what_was_agreed_and_the_firmness_of_their_rank(targets):
    code, out, _ = targets("--json", "--top", "3")
    rows = json.loads(out)
    assert code == 0
    assert len(rows) == 3
    assert set(rows[0]) == KEYS | {"rank", "rank_best", "rank_worst", "top_share"}
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert rows[0]["parts"]["expansion"] is None  # none known is not none


def test_weights_of_the_user_s_reorder_and_are_said(targets):
    # by size alone the firm of 1 亿 is best; by access alone all ten of one prefecture are equal, and ties go by id
    _, by_size, _ = targets("--weights", "fit=0,实力=1,expansion=0,connection=0,access=0", "--json")
    _, by_place, _ = targets("--weights", "fit=0,实力=0,expansion=0,connection=0,access=1", "--json")
    assert (json.loads(by_size)[0]["name"], json.loads(by_place)[0]["name"]) == ("420100第10厂", "420100第1厂")
    assert "权重：匹配度 0，实力 1" in targets("--weights", "fit=0,实力=1,expansion=0,connection=0,access=0")[1]


def test_a_slip_in_a_weight_names_it(targets):
    code, _, err = targets("--weights", "fitt=1")
    assert code == 3
    assert "权重里没有“fitt”这一项；是否为“fit”？" in err


def test_whom_another_speaks_with_is_said_as_on_the_page(targets, tmp_path):
    _, out, _ = targets("--json", "--top", "1")
    [best] = json.loads(out)
    with open_store(tmp_path / "tiny.duckdb") as store:
        [(firm,)] = store.rows("SELECT firm_id FROM firm WHERE name = ?", [best["name"]])
        told = [("press", firm, Outreach("在谈"))]
        tell_outreach(store, "tiny", "370100", told, actor="乙", at=datetime(2026, 3, 2, 9, 0))

    _, out, _ = targets("--json", "--top", "1")

    assert json.loads(out)[0]["conflicts"] == ["乙首谈（2026-03-02），现为在谈", *best["conflicts"]]
