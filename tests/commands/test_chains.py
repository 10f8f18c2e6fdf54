"""Chain packages on the command line: findings with rows, exact round trips, drafts, saving, and what is refused."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from chains.load import chain_ids, load_chain
from chains.write import chain_yaml
from commands.app import run
from data.store import open_store
from exports.package_xlsx import package_workbook
from services.package_files import read_package, read_package_text
from services.packages import installed_chain, package_versions
from tests.chains.tiny import chain_fields, segment_fields, tiny_chain
from tests.services.conftest import fill
from tests.services.test_package_files import sheet

DAY = date(2026, 11, 1)


@pytest.fixture
def told(monkeypatch, capsys, tmp_path):
    """Runs a command line in an empty folder; gives its exit code and what it wrote."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["cli.py", "chains", *words])
        code = run()
        out, err = capsys.readouterr()
        return code, out + err

    return call


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = tmp_path / "liantu.duckdb"
    with open_store(path) as store:
        fill(store, tiny_chain())
    return str(path)


def written(path: Path, **changes) -> Path:
    path.write_text(yaml.safe_dump(chain_fields(**changes), allow_unicode=True), encoding="utf-8")
    return path


# --- list, check, new


def test_the_list_counts_every_shipped_package(told):
    code, text = told("list", "--json")

    assert code == 0
    assert [row["id"] for row in json.loads(text)] == list(chain_ids())


def test_a_package_without_findings_passes(told):
    assert told("check", "powder_metallurgy") == (0, "powder_metallurgy 1.0.0：没有问题\n")


def test_every_finding_is_listed_with_its_row_and_the_exit_code_is_3(told, tmp_path):
    written(
        tmp_path / "tiny.yaml",
        segments=[segment_fields("powder", gb4754=["9999"]), segment_fields("part", stage="mid")],
    )
    (tmp_path / "codes.csv").write_text("code,name\n3393,锻件\n", encoding="utf-8")

    code, text = told("check", "tiny.yaml", "--codes", "codes.csv")

    assert code == 3
    assert "  [press → part] 供应关系的一端 press 不是本链的环节" in text
    assert "  [powder] 环节“powder”的行业代码 9999 不在 GB/T 4754 里" in text


def test_a_file_that_is_no_package_says_line_and_reason(told, tmp_path):
    (tmp_path / "a.yaml").write_text("id: a1\nname: x\nname: y\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("a: &x [1, 2]\nb: [*x, *x]\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("a: " + "[" * 200 + "]" * 200, encoding="utf-8")

    assert told("check", "a.yaml") == (3, "产业链文件 a.yaml 第 3 行：字段 name 写了两次\n")
    assert told("check", "b.yaml") == (3, "产业链文件 b.yaml 第 2 行：不支持 YAML 引用（*x），请把内容写出来\n")
    assert told("check", "c.yaml") == (3, "产业链文件 c.yaml 第 1 行：嵌套超过 20 层，不像产业链文件\n")


def test_a_new_package_says_exactly_what_to_fill_in(told, tmp_path):
    assert told("new", "bio", "生物医药", "--out", "bio.yaml")[0] == 0
    code, text = told("check", "bio.yaml", "--json")

    assert code == 3
    assert {row["check"] for row in json.loads(text)} == {"nothing_unfilled", "definitions_bounded"}
    filled = (tmp_path / "bio.yaml").read_text("utf-8").replace("待填写", "某某；只买卖的不算")
    (tmp_path / "bio.yaml").write_text(filled, encoding="utf-8")
    assert told("check", "bio.yaml") == (0, "bio 0.1.0：没有问题\n")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("new", "Bio", "生物", "--out", "x.yaml"), "编号“Bio”不合规"),
        (("new", "bio", " ", "--out", "x.yaml"), "产业链名称不能为空"),
        (("check", "steel"), "没有产业链“steel”；可用："),
        (("diff", "powder_metallurgy", "auto_parts"), "不是同一条链"),
        (("diff", "powder_metallurgy@9.9.9", "powder_metallurgy"), "是版本 1.0.0；库中的版本请加 --db"),
        (("export", "powder_metallurgy", "--out", "x.csv"), "--out 应是 .xlsx 文件"),
    ],
)
def test_a_wrong_word_is_a_usage_error(told, words, reason):
    code, text = told(*words)

    assert code == 2
    assert reason in text


# --- round trips


@pytest.mark.parametrize("chain_id", chain_ids())
def test_a_package_as_workbook_and_back_is_the_same(chain_id, tmp_path):
    path = tmp_path / f"{chain_id}.xlsx"
    path.write_bytes(package_workbook(load_chain(chain_id)))

    assert read_package(path, DAY) == load_chain(chain_id)


def test_export_and_import_lose_nothing_and_overwrite_nothing(told, tmp_path):
    assert told("export", "powder_metallurgy", "--out", "p.xlsx")[0] == 0
    assert told("import", "p.xlsx", "--out", "p.yaml")[0] == 0
    assert told("diff", "powder_metallurgy", "p.yaml") == (0, "粉末冶金 1.0.0 → 1.0.0：0 处不同\n")
    assert "文件 p.yaml 已存在" in told("import", "p.xlsx", "--out", "p.yaml")[1]


def test_references_stay_references_in_a_workbook(tmp_path):
    reference = {"id": "our_powder", "package": "powder_metallurgy", "segment": "pm_iron_powder", "stage": "up"}
    written(tmp_path / "tiny.yaml", shared=[reference])
    chain = read_package(tmp_path / "tiny.yaml", DAY)
    path = tmp_path / "tiny.xlsx"
    path.write_bytes(package_workbook(chain))

    assert read_package(path, DAY) == chain
    assert yaml.safe_load(read_package_text(path, DAY))["shared"] == [reference]


def test_two_versions_are_compared_change_by_change(told, tmp_path):
    written(tmp_path / "old.yaml")
    segments = [
        segment_fields("powder", keywords=["铁粉"]),
        segment_fields("part", stage="mid", group="新组"),
        segment_fields("die"),
    ]
    edges = [{"supplier": "powder", "user": "part", "weight": 0.5, "source": "common"}]
    written(tmp_path / "new.yaml", version="1.1.0", segments=segments, edges=edges)

    code, text = told("diff", "old.yaml", "new.yaml")

    assert code == 0
    assert text.splitlines() == [
        "小链 1.0.0 → 1.1.0：6 处不同",
        "  新增　新增“die”（上游）",
        "  删除　删除“press”（上游）",
        "  移动　“part”从 中游·环节 移到 中游·新组",
        "  改词　“powder”关键词：加 铁粉；去 powder",
        "  改供应　供应 powder → part 权重 0.6 → 0.5",
        "  改供应　取消供应 press → part（原权重 0.4）",
    ]


# --- files of other people


def test_a_mind_map_becomes_a_draft(told, tmp_path):
    text = "# 粉末冶金\n- 上游\n  - 粉末\n    - 铁粉：还原铁粉、雾化铁粉\n"
    (tmp_path / "map.md").write_text(text, encoding="utf-8")

    assert told("import", "map.md", "--out", "map.yaml")[0] == 0
    assert read_package(tmp_path / "map.yaml", DAY).segments[0].keywords == ("还原铁粉", "雾化铁粉")


def test_of_several_chains_one_is_asked_for(told, tmp_path):
    sheet(tmp_path / "two.xlsx", ("链", "段", "环节"), ("甲", "上游", "粉"), ("乙", "上游", "板"))

    assert "文件里有 2 条产业链：甲、乙；请指明要哪一条" in told("import", "two.xlsx", "--out", "x.yaml")[1]
    assert told("import", "two.xlsx", "--out", "x.yaml", "--chain", "乙")[0] == 0
    assert read_package(tmp_path / "x.yaml", DAY).name == "乙"


# --- with a store


def test_a_saved_package_is_in_force_with_author_and_reason(told, database, tmp_path):
    written(tmp_path / "tiny.yaml", version="1.1.0")

    code, text = told("save", "tiny.yaml", "--reason", "首版", "--db", database)

    assert code == 0
    assert "已保存 小链 1.1.0；请运行 match --chains tiny 重新匹配" in text
    with open_store(Path(database)) as store:
        assert installed_chain(store, "tiny").version == "1.1.0"
        assert package_versions(store, "tiny").reason.tolist() == ["首版"]
    assert told("check", "tiny@1.1.0", "--db", database)[0] == 0
    code, text = told("save", "tiny.yaml", "--reason", "再存", "--db", database)
    assert (code, "版本号 1.1.0 应高于现用的 1.1.0" in text) == (3, True)


def test_with_a_store_segments_that_nobody_is_in_are_found_and_known_firms_are_placed(told, database, tmp_path):
    """Powder has firms of Jinan and Wuhan, press of Wuhan; the new die has none. The store knows no listed firms."""
    segments = [*chain_fields()["segments"], segment_fields("die")]
    segments[0] |= {"known_firms": ["420100第1厂", "420100第60厂", "无此厂名"]}
    edges = [*chain_fields()["edges"], {"supplier": "die", "user": "press", "weight": 0.1, "source": "common"}]
    chain = tiny_chain(segments=segments, edges=edges)
    with open_store(Path(database)) as store, store.write() as cursor:
        row = ["tiny", "1.0.0", chain_yaml(chain), "首版", "甲", "2026-01-02"]
        cursor.execute("INSERT INTO chain_version VALUES (?, ?, ?, ?, ?, ?)", row)
        cursor.execute("UPDATE firm SET scope = '制造'")

    code, text = told("check", "tiny", "--db", database)

    assert code == 3
    assert "[die] 环节“die”在库中没有一家确认企业" in text
    assert "知名企业 3 家次，库中找到 2，落在所列环节 1，命中率 50%；未落位：420100第60厂（powder）" in text

    code, text = told("table", "--db", database)
    [line] = [line for line in text.splitlines() if "`tiny`" in line]
    assert line.startswith("| 小链 `tiny` 1.0.0 | 4 | 0 | 3 | 4 | 2 / 3 | 50% | ")
    assert "知名企业合计：找到 2 家次，命中 1，命中率 50%。" in text


def test_without_a_match_or_a_dictionary_it_is_said_so(told, database, tmp_path):
    written(tmp_path / "tiny.yaml", version="1.1.0")

    code, text = told("check", "tiny.yaml", "--db", database)

    assert code == 0
    assert "还没有与库中企业匹配，库里也没有可用的短语词典；请先运行 match 命令" in text
