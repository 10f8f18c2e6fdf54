"""What the command line says, and with which exit code, when something is not as it should be."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pandas as pd
import pytest

from commands.app import run
from commands.common import print_table, progress_bar
from data.settings import mark_demo
from data.store import open_store
from tests.chains.tiny import tiny_chain
from tests.services.conftest import fill


@pytest.fixture
def told(monkeypatch, capsys):
    """Runs a command line; gives its exit code and what it wrote, without spaces and frames."""

    def call(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["cli.py", *map(str, words)])
        code = run()
        out, err = capsys.readouterr()
        return code, "".join((out + err).replace("│", "").split())

    return call


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "liantu.duckdb"
    with open_store(path) as store:
        fill(store, tiny_chain())
    return path


@pytest.fixture
def segments(tmp_path: Path) -> Path:
    path = tmp_path / "segments.json"
    rule = {"id": "press", "name": "压机", "definition": "压力机", "keywords": ["压力机"]}
    path.write_text(json.dumps([rule]), encoding="utf-8")
    return path


@pytest.fixture
def firms(tmp_path: Path) -> Path:
    path = tmp_path / "firms.csv"
    path.write_text("uscc,name,scope,city_code\n1,甲厂,压力机制造,370100\n", encoding="utf-8")
    return path


def test_a_firms_file_that_is_absent_is_bad_input(told, tmp_path, segments):
    code, text = told("match", "--segments", segments, "--firms", tmp_path / "no.csv", "--out", tmp_path / "o.parquet")
    assert code == 3
    assert "找不到企业文件" in text


def test_a_segments_file_that_is_absent_is_bad_input(told, tmp_path, firms):
    code, text = told("match", "--segments", tmp_path / "no.json", "--firms", firms, "--out", tmp_path / "o.parquet")
    assert code == 3
    assert "不能读写" in text
    assert "no.json" in text


def test_a_segments_file_that_lists_no_segment_is_bad_input(told, tmp_path, firms):
    (tmp_path / "s.json").write_text("{}", encoding="utf-8")
    code, text = told("presence", "--segments", tmp_path / "s.json", "--firms", firms, "--out", tmp_path / "o.parquet")
    assert code == 3
    assert "应为环节列表" in text


def test_a_folder_that_is_absent_is_bad_input(told, tmp_path, firms, segments):
    code, text = told("match", "--segments", segments, "--firms", firms, "--out", tmp_path / "no" / "o.parquet")
    assert code == 3
    assert "不能读写" in text


def test_regions_of_an_unknown_kind_are_bad_input(told, tmp_path, firms, segments):
    files = ("--segments", segments, "--firms", firms, "--out", tmp_path / "o.parquet")
    code, text = told("presence", *files, "--by", "town")
    assert code == 3
    assert "--by只能是city、county、province" in text


def test_attaching_to_a_segment_that_is_not_in_the_chain_is_wrong_usage(told, database):
    words = ("attach", "p1", "--chain", "powder_metallurgy", "--segment", "nope", "--evidence", "x", "--db", database)
    code, text = told(*words)
    assert code == 2
    assert "没有环节nope" in text


def test_a_demo_never_takes_the_place_of_imported_data(told, database):
    code, text = told("demo", "--force", "--db", database)
    assert code == 2
    assert "不是演示库" in text
    with open_store(database) as store:
        assert store.rows("SELECT count(*) FROM firm") == [(100,)]


def test_a_demo_is_kept_unless_its_place_is_asked_for(told, fictional):
    assert told("demo", "--db", fictional)[0] == 2
    with open_store(fictional) as store:
        assert store.rows("SELECT count(*) FROM firm") == [(100,)]


@pytest.fixture
def fictional(database: Path) -> Path:
    """The store of three prefectures, marked as a demo."""
    with open_store(database) as store, store.write() as cursor:
        mark_demo(cursor)
    return database


def test_real_firms_are_not_imported_into_a_demo_and_the_way_out_is_said(told, fictional, firms):
    code, text = told("import", firms, "--as", "firms", "--as-of", "2024-06-30", "--db", fictional)
    assert code == 3
    assert "虚构的演示数据，不能混入真实数据" in text
    assert "--db新文件" in text
    assert "pythoncli.pydemo--clear--yes" in text


def test_a_demo_is_emptied_only_when_that_is_confirmed(told, fictional):
    code, text = told("demo", "--clear", "--db", fictional)
    assert code == 2
    assert "100家企业、1个项目（含1次另行导入的数据），不能恢复；确认请加--yes" in text
    with open_store(fictional) as store:
        assert store.rows("SELECT count(*) FROM firm") == [(100,)]


def test_an_emptied_demo_takes_own_data(told, fictional, tmp_path):
    assert told("demo", "--clear", "--yes", "--db", fictional)[0] == 0
    assert told("home", "370117", "--db", fictional)[0] == 0
    (tmp_path / "own.csv").write_text("企业名称,统一社会信用代码\n甲公司,914403001922038216\n", encoding="utf-8")
    assert told("import", tmp_path / "own.csv", "--as", "firms", "--as-of", "2024-06-30", "--db", fictional)[0] == 0
    with open_store(fictional) as store:
        assert store.rows("SELECT name FROM firm") == [("甲公司",)]


def test_a_store_that_is_no_demo_is_never_emptied(told, database):
    code, text = told("demo", "--clear", "--yes", "--db", database)
    assert code == 3
    assert "不是演示库" in text
    with open_store(database) as store:
        assert store.rows("SELECT count(*) FROM firm") == [(100,)]


def test_setting_home_is_recorded_with_who_did_it(told, database):
    assert told("home", "370117", "--db", database)[0] == 0
    with open_store(database) as store:
        [(actor, detail)] = store.rows(
            "SELECT actor, detail FROM audit_event WHERE action = 'home' AND actor LIKE 'cli:%'"
        )
    assert (actor.startswith("cli:"), detail) == (True, "370117")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("labels",), "缺少选项 --chain（"),
        (("labels", "--chain"), "选项 --chain 后面要写值"),
        (("labels", "--nope"), "没有选项 --nope（"),
        (("labels", "--chian", "x"), "没有选项 --chian；相近的有：--chain（"),
        (("labels", "--json=1"), "选项 --json 后面不写值"),
        (("home",), "缺少参数 adcode（"),
        (("home", "370100", "370117"), "多了参数：370117（"),
        (("lables",), "没有命令 lables"),
        (("gaps", "--chain", "x", "--top", "0"), "--top 的值不对：不能小于 1（"),
        (("gaps", "--chain", "x", "--top", "many"), "--top 的值不对：应为整数（"),
        (("labels", "--chain", "no_such_chain"), "没有产业链“no_such_chain”；可用："),
    ],
)
def test_a_wrong_command_line_is_explained_in_chinese(told, database, words, sentence):
    code, text = told(*words, "--db", database) if "--chain" in words[-2:-1] else told(*words)
    assert code == 2
    assert "".join(sentence.split()) in text
    assert not re.search(r"Error|Usage|Missing|Invalid|No such|Input", text)


def test_no_command_at_all_shows_the_help(told):
    code, text = told()
    assert code == 2
    assert "产业链招商分析工作台" in text


def test_help_is_no_error(told):
    assert told("labels", "--help")[0] == 0


def test_brackets_in_names_are_shown_as_they_are(capsys):
    print_table("来源[/x]", [("name", "企业")], pd.DataFrame({"name": ["甲\\[red]厂[/b]"]}))
    with progress_bar("匹配") as progress:
        progress(0.5, "读取 [/x].csv")
    out, err = capsys.readouterr()
    assert "来源[/x]" in out
    assert "甲\\[red]厂[/b]" in out
    assert "读取 [/x].csv" in err
