"""The run of all checks, and where it finds a browser."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests import debian, office, run
from tests.browser import chromium


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one test that passes and one check of each outcome."""
    (tmp_path / "test_one.py").write_text("def test_one():\n    pass\n", encoding="utf-8")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "CHECKS", {"kept": ["-c", "pass"], "broken": ["-c", "raise SystemExit(3)"]})
    monkeypatch.setattr(run, "ensure_browser", lambda: "浏览器测试使用 chromium")
    monkeypatch.setattr(run, "ensure_office", lambda: "文档打印测试使用 libreoffice")
    return tmp_path


@pytest.mark.usefixtures("project")
def test_a_broken_check_fails_the_run_and_pytests_closing_line_is_the_last(capfd: pytest.CaptureFixture[str]) -> None:
    code = run.main(["test_one.py"])

    lines = capfd.readouterr().out.splitlines()
    assert code == 1
    assert "1 passed in" in lines[-1]
    assert [line.split("（")[0] for line in lines[-6:-3]] == ["通过    kept", "未通过  broken", "通过    pytest"]


def test_a_failing_test_fails_the_run(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "CHECKS", {})
    (project / "test_one.py").write_text("def test_one():\n    assert False\n", encoding="utf-8")

    assert run.main(["test_one.py"]) == 1


def test_a_named_browser_comes_before_those_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_path = tmp_path / ("chromium.exe" if sys.platform == "win32" else "chromium")
    on_path.write_text("", encoding="utf-8")
    on_path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("LIANTU_BROWSER", raising=False)
    found = chromium.find_browser()
    monkeypatch.setenv("LIANTU_BROWSER", "my-browser")

    assert found == on_path
    assert chromium.find_browser() == Path("my-browser")


def test_a_browser_that_cannot_be_installed_is_said_and_its_tests_are_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "find_browser", lambda: None)
    monkeypatch.setattr(debian, "is_debian_root", lambda: False)

    assert chromium.ensure_browser().startswith("浏览器测试将跳过：请安装 Chromium、Chrome 或 Edge")


def test_an_office_that_cannot_be_installed_is_said_and_its_tests_are_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    monkeypatch.setattr(debian, "is_debian_root", lambda: False)

    assert office.ensure_office() == "文档打印测试将跳过：请安装 LibreOffice"
