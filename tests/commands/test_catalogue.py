"""The command that saves the catalogue: format by the file's name, reader by --for."""

from __future__ import annotations

import openpyxl
import pytest
from typer.testing import CliRunner

from commands.app import app
from data.store import open_store
from exports.profiles import UnknownProfile
from tests.chains.tiny import tiny_chain
from tests.services.conftest import fill


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Saves the catalogue of the chain worked by hand under a name; the outcome and the file."""
    chain, database = tiny_chain(), tmp_path / "tiny.duckdb"
    with open_store(database) as store:
        fill(store, chain)
    monkeypatch.setattr("commands.catalogue.find_chain", lambda _store, _text: chain)
    monkeypatch.setattr("commands.catalogue.in_use", lambda _store: (chain,))

    def invoke(name: str, *words: str):
        out = tmp_path / name
        asked = ["catalogue", "--chain", "tiny", "--db", str(database), "--out", str(out), *words]
        return CliRunner().invoke(app, asked, catch_exceptions=words == ()), out

    return invoke


@pytest.mark.parametrize(
    ("name", "begins"), [("a.xlsx", b"PK"), ("a.docx", b"PK"), ("a.pdf", b"%PDF-"), ("a.html", b"<!doctype html>")]
)
def test_the_name_of_the_file_says_its_format(run, name, begins):
    result, out = run(name)

    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(begins)
    assert "内部版" in result.output


def test_a_reader_outside_gets_no_reasons(run):
    result, out = run("a.html", "--for", "对外版", "--trip")

    assert result.exit_code == 0
    assert "对外版" in result.output
    assert "推荐理由" not in out.read_text("utf-8")


def test_an_unknown_format_or_reader_is_named_and_nothing_is_written(run):
    result, out = run("a.ppt")

    assert result.exit_code != 0
    assert not out.exists()
    with pytest.raises(UnknownProfile):
        run("a.docx", "--for", "老板版")


def test_results_lists_what_is_new_and_keeps_it_only_with_save(run, tmp_path):
    _, out = run("a.xlsx")
    book = openpyxl.load_workbook(out)
    sheet = book["招商目录"]
    at = {cell.value: cell.column for cell in sheet[2]}
    sheet.cell(3, at["对接状态"]).value = "在谈"
    book.save(out)
    asked = ["results", str(out), "--chain", "tiny", "--db", str(tmp_path / "tiny.duckdb")]

    told = [CliRunner().invoke(app, [*asked, *more]).output.replace("\n", "") for more in ([], ["--save"], [])]

    assert "对接状态：待联系 → 在谈" in told[0]
    assert "1 家有改动" in told[0] and "未保存" in told[0]
    assert "1 家有改动" in told[1] and "已保存" in told[1]
    assert "0 家有改动" in told[2]


def test_a_template_is_shown_checked_kept_and_taken_back(tmp_path):
    db, file = str(tmp_path / "t.duckdb"), tmp_path / "mine.yaml"
    with open_store(tmp_path / "t.duckdb"):
        pass

    def template(*words: str):
        return CliRunner().invoke(app, ["template", "领导版", "--db", db, *words])

    file.write_text("标题: '{产业链}名录'\n", encoding="utf-8")
    assert "# 领导版的模板" in template().output
    assert template("--keep", str(file)).exit_code == 0
    assert template().output.strip() == "标题: '{产业链}名录'"
    file.write_text("标题: '{公司}'\n", encoding="utf-8")
    assert "占位词 {公司} 不存在" in str(template("--keep", str(file)).exception)
    assert template("--reset").exit_code == 0
    assert "# 领导版的模板" in template().output
