"""What holds for all tests: nothing is skipped in CI, browser tests come last, no setting leaks in from outside."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

IN_CI = os.environ.get("CI") == "true"

# deadlines fail on a busy machine; in CI the same examples every time, elsewhere new ones, printed when they fail
settings.register_profile("liantu", deadline=None, derandomize=IN_CI, print_blob=True)
settings.load_profile("liantu")


@pytest.fixture(autouse=True)
def no_setting_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of whoever runs the tests stays out of them."""
    monkeypatch.delenv("LIANTU_DB", raising=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick tests first: those in the browser come last, in their own order."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test is a failed one."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {_reason(report)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """In CI a skipped module is a failed one."""
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {_reason(report)}"
    return report


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
