"""What holds for all tests: nothing is skipped in CI, the order is one that saves time, no setting leaks in from outside."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

IN_CI = os.environ.get("CI") == "true"
LONGEST = ("registry", "browser", "start", "pages", "services", "commands")
"""Folders in the order in which several processes take them; the others come after."""
UNMEASURED = ("registry", "browser")
"""Measuring coverage makes tests half as slow again; these, and the hundredth example of a property, run nothing else."""
FIRST_MEASURED = ("pages",)
"""Here a case is a whole page drawn: a test's further cases run what its first one does, but for a branch."""

# deadlines fail on a busy machine; in CI the same examples every time, elsewhere new ones, printed when they fail
settings.register_profile("liantu", deadline=None, derandomize=IN_CI, print_blob=True)
settings.load_profile("liantu")


@pytest.fixture(autouse=True)
def no_setting_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of whoever runs the tests stays out of them."""
    monkeypatch.delenv("LIANTU_DB", raising=False)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """One process takes the quick tests first, those in the browser last; several take the longest first."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: LONGEST.index(_folder(item)) if _folder(item) in LONGEST else len(LONGEST))
    else:
        items.sort(key=lambda item: _folder(item) == "browser")
    met: set[object] = set()
    for item in items:
        test = getattr(item, "obj", None)
        further = test in met and _folder(item) in FIRST_MEASURED
        if _folder(item) in UNMEASURED or hasattr(test, "hypothesis") or further:
            item.add_marker("no_cover")
        met.add(test)


def _folder(item: pytest.Item) -> str:
    return item.path.parent.name


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """What is dear to build is built in one process."""
    from tests.workers import ByFile  # noqa: PLC0415 - only where there are several processes

    return ByFile(config, log)


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
