"""The validate command: what it prints, keeps and refuses."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from commands.app import run
from data.store import open_store
from services.validation import newest_validations
from tests.analysis.test_validation_entry import random_panel
from tests.chains.tiny import tiny_chain
from tests.services.conftest import fill


@pytest.fixture
def call(monkeypatch, capsys):
    """Runs a validate command; gives its exit code, what it printed and what it noted."""

    def run_it(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cli.py", "validate", *map(str, words)])
        code = run()
        out, err = capsys.readouterr()
        return code, out, err

    return run_it


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "liantu.duckdb"
    with open_store(path) as store:
        fill(store, tiny_chain())
    return path


@pytest.fixture
def panel(tmp_path: Path) -> Path:
    made = random_panel(200)
    frames = [
        pd.DataFrame(values, index=made.regions, columns=made.activities).stack().reset_index().set_axis(
            ["region", "activity", "value"], axis=1
        ).assign(year=year)
        for year, values in ((2017, made.before), (2021, made.after))
    ]  # fmt: skip
    path = tmp_path / "panel.csv"
    pd.concat(frames).to_csv(path, index=False)
    return path


def test_a_panel_gives_json_with_every_score(call, panel, tmp_path):
    code, out, err = call("--panel", panel, "--json", "--db", tmp_path / "none.duckdb")
    told = json.loads(out)
    assert code == 0
    assert (told["kind"], told["first"], told["last"], told["n_regions"]) == ("entry", 2017, 2021, 200)
    assert [row["score"] for row in told["scores"]][:3] == ["density", "ubiquity", "diversity"]
    assert {row["score"] for row in told["scores"]} >= {"structure", "level", "within_activity", "with_density_model"}
    assert all(row["low"] < row["auc"] < row["high"] for row in told["scores"])
    assert "结果没有保存" in err


def test_a_panel_gives_a_table_for_people_and_keeps_the_result(call, panel, database):
    code, out, err = call("--panel", panel, "--db", database, "--parent-prefix", 2)
    assert (code, err) == (0, "")
    assert "关联密度（不含自身）" in out and "没有参与拟合" in out
    with open_store(database) as store:
        kept = newest_validations(store)["entry"]
    assert kept.input == "panel.csv"
    assert kept.result["n_regions"] == 200


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--from", "2018"), "没有 2018 年；现有年份：2017、2021"),
        (("--value-column", "家数"), "没有列“家数”"),
    ],
)
def test_what_a_panel_lacks_is_bad_input(call, panel, words, message):
    code, _, err = call("--panel", panel, *words)
    assert code == 3
    assert message in err


def test_a_panel_that_is_absent_is_bad_input(call, tmp_path):
    code, _, err = call("--panel", tmp_path / "no.parquet")
    assert code == 3
    assert "找不到文件 no.parquet" in err


def test_nothing_to_validate_is_wrong_usage(call):
    assert call()[0] == 2


@pytest.fixture
def clusters(tmp_path: Path) -> Path:
    path = tmp_path / "clusters.csv"
    path.write_text("adcode,segment\n420300,part\n420300,press\n", encoding="utf-8")
    return path


@pytest.fixture
def one_chain(monkeypatch):
    monkeypatch.setattr("services.known_clusters.installed", lambda _: (tiny_chain(),))


@pytest.mark.usefixtures("one_chain")
def test_known_clusters_are_told_in_a_table_and_kept_with_the_date_of_the_firms(call, clusters, database):
    code, out, _ = call("--clusters", clusters, "--db", database)
    assert code == 0
    assert "2 个已知集群中" in out and "湖北省" in out
    with open_store(database) as store:
        kept = newest_validations(store)["clusters"]
    assert str(kept.data_as_of) == "2019-05-01"
    assert [row["segment"] for row in kept.result["pairs"]] == ["part", "press"]


@pytest.mark.usefixtures("one_chain")
def test_a_cluster_that_nobody_knows_is_bad_input(call, clusters, database):
    clusters.write_text("adcode,segment\n420300,nope\n", encoding="utf-8")
    code, _, err = call("--clusters", clusters, "--db", database)
    assert code == 3
    assert "第 2 行：没有环节或产业链“nope”" in err


def test_known_clusters_are_told_of_any_files_without_a_store(call, clusters, tmp_path):
    rule = {"id": "part", "name": "零件", "definition": "零件", "keywords": ["零件"]}
    (tmp_path / "s.json").write_text(json.dumps([rule, rule | {"id": "press", "name": "压机"}]), encoding="utf-8")
    (tmp_path / "f.csv").write_text("uscc,name,scope,city_code\n1,甲厂,零件制造,420300\n", encoding="utf-8")
    files = ("--segments", tmp_path / "s.json", "--firms", tmp_path / "f.csv")
    code, out, _ = call("--clusters", clusters, *files, "--json", "--db", tmp_path / "none.duckdb")
    assert code == 0
    assert json.loads(out)["known"]["n"] == 2
    assert call("--clusters", clusters, *files[:2])[0] == 2


def test_without_an_old_catalogue_there_is_a_sentence_and_nothing_kept(call, database):
    code, out, _ = call("--catalogues", "--db", database)
    assert (code, out.strip()) == (0, "还没有冻结过招商目录，无从谈命中率。")
    told = json.loads(call("--catalogues", "--json", "--db", database)[1])
    assert (told["kind"], told["signed"]) == ("catalogues", None)
    with open_store(database) as store:
        assert newest_validations(store) == {}


def test_too_few_brands_elsewhere_are_told_in_a_sentence(call, database):
    with open_store(database) as store, store.write() as cursor:
        cursor.execute("UPDATE firm SET founded_on = make_date(1998 + (rowid % 15)::INTEGER, 6, 1)")
    code, out, _ = call("--expansion", "--db", database)
    assert code == 0
    assert "不足以检验" in out
    assert call("--expansion", "--from", 2011, "--db", database)[0] == 3
