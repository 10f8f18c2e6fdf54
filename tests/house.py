"""The project's own files and what their code imports and calls, for the tests of the house."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOT_OURS = {"var", "__pycache__", "test-results", "htmlcov"}
PACKAGES = ("analysis", "chains", "commands", "data", "exports", "pages", "services")


def files(suffix: str = "") -> list[Path]:
    """Every file of the project, less what is made or installed by running it."""
    return sorted(path for path in _walk(ROOT) if path.name.endswith(suffix))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        hidden = path.name.startswith(".") and path.name not in {".ci", ".streamlit", ".gitattributes", ".gitignore"}
        if hidden or path.name in NOT_OURS or path.suffix == ".pyc":
            continue
        if path.is_dir():
            yield from _walk(path)
        elif not path.is_symlink():
            yield path


CODE = [*sorted(ROOT.glob("*.py")), *(path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py")))]


def under(path: Path) -> str:
    """The path as the repository writes it."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """The module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    """Top-level names that the module imports."""
    found = {alias.name for node in ast.walk(parsed(path)) if isinstance(node, ast.Import) for alias in node.names}
    found |= {str(node.module) for node in ast.walk(parsed(path)) if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in found}


def calls(path: Path) -> list[ast.Call]:
    """Every call in the module."""
    return [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]


def called_name(call: ast.Call) -> str:
    """The last name of what is called: ``query`` of ``store.query(…)``."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def named(node: ast.expr) -> set[str]:
    """All names in an expression."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
