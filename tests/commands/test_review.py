"""The review from the command line: what waits, a decision, its undoing, and what is refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from commands.app import run
from data.store import open_store
from services.packages import installed
from tests.services.conftest import fill

CHAIN, SEGMENT, FIRM = "powder_metallurgy", "pm_powder", "370100-3"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The firms of the tiny store in a chain that is shipped: one of Jinan is uncertain in its first segment."""
    path = tmp_path / "liantu.duckdb"
    with open_store(path) as store:
        chain = next(one for one in installed(store) if one.id == CHAIN)
        fill(store, chain)
        with store.write() as cursor:
            cursor.execute("UPDATE segment_firm SET chain_id = ?, segment_id = ?", [CHAIN, chain.segments[0].id])
            cursor.execute("UPDATE segment_firm SET verdict = 'uncertain', score = 0.5 WHERE firm_id = '370100-1'")
            cursor.execute("DELETE FROM project_segment")
            cursor.execute(
                "INSERT INTO match_run SELECT unnest(?), '1.0.0', matched_at, n_firms, n_pairs FROM match_run",
                [[one.id for one in installed(store) if one.id != CHAIN]],
            )
    return path


@pytest.fixture
def segment(database: Path) -> str:
    with open_store(database) as store:
        return next(one for one in installed(store) if one.id == CHAIN).segments[0].id


@pytest.fixture
def told(monkeypatch, capsys, database):
    """Runs a command line on the database; gives its exit code and what it wrote."""

    def call(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["cli.py", *words, "--db", str(database)])
        code = run()
        out, err = capsys.readouterr()
        return code, out + err

    return call


def test_what_waits_says_why_it_is_worth_deciding(told, segment):
    code, text = told("review", "--chain", CHAIN, "--json")
    [row] = json.loads(text)
    assert code == 0
    assert (row["segment_id"], row["firm_id"], row["verdict"], row["score"]) == (segment, "370100-1", "uncertain", 0.5)
    assert row["n_decisions"] is None or row["label_then"] is not None
    assert "确认" in row["reason"]
    shown = told("review", "--chain", CHAIN, "--segment", segment)[1]
    assert "370100" in shown
    assert "把握" in shown


def test_a_decision_is_written_under_the_name_of_the_account_and_taken_back(told, database, segment):
    assert told("decide", segment, "370100-1", "confirmed", "--note", "电话核实")[0] == 0
    assert json.loads(told("review", "--chain", CHAIN, "--json")[1]) == []
    assert "人工确认" in told("decide", segment, FIRM, "confirmed", "--role", "rd", "--chain", CHAIN)[1]
    code, text = told("undecide", segment, "370100-1")
    assert (code, "已撤销" in text) == (0, True)
    with open_store(database) as store:
        rows = store.rows(
            "SELECT firm_id, verdict, role, note, undone_by IS NULL FROM segment_decision ORDER BY firm_id"
        )
        actors = store.rows("SELECT DISTINCT starts_with(decided_by, 'cli:') FROM segment_decision")
    assert rows == [("370100-1", "confirmed", None, "电话核实", False), (FIRM, "confirmed", "rd", None, True)]
    assert actors == [(True,)]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("decide", "nothing", FIRM, "confirmed"), 2, "没有环节 nothing"),
        (("decide", "{segment}", FIRM, "perhaps"), 3, "不认识的结论“perhaps”"),
        (("decide", "{segment}", "nobody", "confirmed"), 3, "nobody"),
        (("decide", "{segment}", FIRM, "confirmed", "--chain", "auto_parts"), 2, "没有环节"),
        (("undecide", "{segment}", FIRM), 3, "没有人判定过"),
        (("review", "--chain", CHAIN, "--view", "moon"), 2, "不认识的范围“moon”"),
        (("review", "--chain", CHAIN, "--segment", "nothing"), 2, "没有环节 nothing"),
    ],
)
def test_what_cannot_be_is_refused_in_words(told, segment, words, code, sentence):
    got, text = told(*(word.replace("{segment}", segment) for word in words))
    assert got == code
    assert sentence in text.replace("\n", "")


def test_an_empty_list_says_so(told):
    assert "没有待复核的企业" in told("review", "--chain", CHAIN, "--view", "targets")[1]
