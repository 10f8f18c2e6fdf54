"""One import is one transaction: whole or not at all, once, and it can be taken back."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import data.imports.batch
from data.imports import AlreadyImported, ImportRefused, UnknownBatch, UnknownKind, undo
from data.store import Store, open_store
from tests.data.import_files import code, firm, load, load_firms, write_csv

ROOT = Path(__file__).resolve().parents[2]
FACTS = (
    "firm_record",
    "firm",
    "firm_tag",
    "relation",
    "project",
    "project_event",
    "project_money",
    "import_batch",
    "import_issue",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "facts.duckdb") as opened:
        yield opened


def counts(store: Store) -> dict[str, int]:
    return {table: store.rows(f"SELECT count(*) FROM {table}")[0][0] for table in FACTS}  # noqa: S608


def test_the_same_bytes_are_refused_under_any_name_until_undone(store: Store, tmp_path: Path) -> None:
    first = load_firms(store, tmp_path / "a.csv", [firm(1)])
    (tmp_path / "b.csv").write_bytes((tmp_path / "a.csv").read_bytes())
    with pytest.raises(AlreadyImported, match=rf"作为批次 {first.batch_id}（a\.csv）导入过；如要重来，请先撤回"):
        load(store, tmp_path / "b.csv")
    undo(store, str(first.batch_id), "test")
    assert load(store, tmp_path / "b.csv").n_accepted == 1


def test_undo_leaves_the_batch_and_its_issues_on_record(store: Store, tmp_path: Path) -> None:
    report = load_firms(store, tmp_path / "a.csv", [firm(1), firm(1), firm(2, 企业名称="=1")], actor="甲")
    undo(store, str(report.batch_id), "乙")
    left = counts(store)
    assert {table: left[table] for table in FACTS if left[table]} == {"import_batch": 1, "import_issue": 2}
    [(by, undone_by, undone)] = store.rows("SELECT imported_by, undone_by, undone_at IS NOT NULL FROM import_batch")
    assert (by, undone_by, undone) == ("甲", "乙", True)
    assert store.rows("SELECT actor, action FROM audit_event ORDER BY happened_at") == [
        ("甲", "import"),
        ("乙", "undo"),
    ]
    with pytest.raises(UnknownBatch, match="已经撤回过"):
        undo(store, str(report.batch_id), "乙")


def test_an_unknown_batch_and_an_unknown_kind_are_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownBatch, match="没有批次 b1"):
        undo(store, "b1", "test")
    with pytest.raises(
        UnknownKind,
        match="没有“plots”这一类表，可导入的有：firms、projects、money、tags、relations、io、sites、targets",
    ):
        load(store, tmp_path / "a.csv", "plots")


def test_an_error_in_the_middle_leaves_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_firms(store, tmp_path / "a.csv", [firm(1)])
    before = counts(store)

    def fail(cursor: Any) -> int:
        raise RuntimeError("power cut")

    monkeypatch.setattr(data.imports.batch, "derive_branches", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        load_firms(store, tmp_path / "b.csv", [firm(1, 地址="乙路"), firm(2, 地址="丙路")])
    assert counts(store) == before
    assert store.rows("SELECT address FROM firm") == [(None,)]


def test_a_file_damaged_in_the_middle_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(tmp_path / "a.csv", [firm(n) for n in range(1, 6)])

    def tear(share: float, text: str) -> None:
        if share > 0:
            raise ImportRefused("文件损坏。")

    with pytest.raises(ImportRefused):
        load(store, path, progress=tear)
    assert sum(counts(store).values()) == 0


KILLED = """
import os, signal, sys
from data.store import open_store
from tests.data.import_files import load
from pathlib import Path

def stop(share, text):
    print(share, flush=True)
    if share >= float(sys.argv[3]):
        sys.stdin.read()

with open_store(Path(sys.argv[1])) as store:
    load(store, Path(sys.argv[2]), progress=stop)
"""


@pytest.mark.parametrize("share", [0.3, 0.7, 0.98])
def test_a_process_killed_in_the_middle_leaves_nothing(tmp_path: Path, share: float) -> None:
    database, path = tmp_path / "facts.duckdb", write_csv(tmp_path / "a.csv", [firm(n) for n in range(1, 2000)])
    command = [sys.executable, "-c", KILLED, str(database), str(path), str(share)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if float(line) >= share:
                break
        process.kill()
    with open_store(database) as store:
        assert sum(counts(store).values()) == 0
        assert load(store, path).n_accepted == 1999


def test_two_writers_take_turns_and_both_arrive(store: Store, tmp_path: Path) -> None:
    paths = [write_csv(tmp_path / f"{n}.csv", [firm(10 * n + k) for k in range(5)]) for n in (1, 2)]
    failures = run_together(lambda path: load(store, path), paths)
    assert failures == []
    assert counts(store)["firm"] == 10


def test_an_import_that_waits_for_another_says_so(store: Store, tmp_path: Path) -> None:
    path, waiting = write_csv(tmp_path / "a.csv", [firm(1)]), threading.Event()
    told: list[str] = []

    def listen(_share: float, text: str) -> None:
        told.append(text)
        if text == "正在等待另一项写入完成…":
            waiting.set()

    importer = threading.Thread(target=lambda: load(store, path, progress=listen))
    with store.write():
        importer.start()
        assert waiting.wait(60)
    importer.join(60)
    assert told[:2] == ["读取 a.csv", "正在等待另一项写入完成…"] and told[-1] == "完成"


def test_of_two_imports_of_one_file_at_once_one_is_refused(store: Store, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [firm(1)])
    failures = run_together(lambda path: load(store, path), [path, path])
    assert [type(failure) for failure in failures] == [AlreadyImported]
    assert counts(store)["firm_record"] == 1


def run_together(work: Any, arguments: list[Path]) -> list[BaseException]:
    failures: list[BaseException] = []
    barrier = threading.Barrier(len(arguments))

    def run(argument: Path) -> None:
        barrier.wait()
        try:
            work(argument)
        except ImportRefused as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(argument,)) for argument in arguments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return failures


def test_readers_see_the_old_facts_until_the_import_is_done(store: Store, tmp_path: Path) -> None:
    load_firms(store, tmp_path / "a.csv", [firm(1)])
    seen: list[int] = []
    load_firms(
        store, tmp_path / "b.csv", [firm(2), firm(3)], progress=lambda share, text: seen.append(counts(store)["firm"])
    )
    assert seen[:-1] == [1] * (len(seen) - 1) and seen[-1] == 3


def test_progress_rises_from_nothing_to_all_in_chinese(store: Store, tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    load_firms(store, tmp_path / "a.csv", [firm(1)], progress=lambda share, text: told.append((share, text)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares) and shares[0] == 0.0 and shares[-1] == 1.0
    assert told[0][1] == "读取 a.csv" and told[-1][1] == "完成"


def test_the_report_is_plain_data_and_chinese_lines(store: Store, tmp_path: Path) -> None:
    rows = [firm(1, 电话="1"), firm(2, 统一社会信用代码="x", 电话="2")]
    report = load_firms(store, tmp_path / "a.csv", rows)
    assert report.as_dict()["n_rejected"] == 1 and report.seconds >= 0
    lines = report.lines()
    assert lines[0] == "列：uscc←统一社会信用代码，name←企业名称"
    assert "未使用的列：电话" in lines
    assert "统一社会信用代码应为 18 位，给的是 1 位：1 处" in lines
    assert lines[-1] == "退回 第 3 行 统一社会信用代码“x”：统一社会信用代码应为 18 位，给的是 1 位"


def test_a_mapping_file_may_carry_the_options_of_the_import(store: Store, tmp_path: Path) -> None:
    mapping = "uscc: 代码\nname: 客户\nstatus: =存续\nas_of: 2024-01-31\nsource: 样例名录\nheader_row: 2\n"
    (tmp_path / "m.yaml").write_text(mapping, encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"uscc,name\n代码,客户\n{code(1)},样例\n", encoding="utf-8")
    load(store, tmp_path / "a.csv", as_of=None, mapping=tmp_path / "m.yaml")
    assert store.rows("SELECT name, status, as_of::TEXT FROM firm") == [("样例", "存续", "2024-01-31")]
    assert store.rows("SELECT s.title FROM source s JOIN import_batch USING (source_id)") == [("样例名录",)]
