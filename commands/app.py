"""The typer application and its exit codes: 0 done, 2 usage, 3 bad input, 4 store busy, 130 interrupted."""

from __future__ import annotations

import sys

import typer
from rich.console import Console
from typer.exceptions import TyperException

from commands import (
    bench,
    catalogue,
    chains,
    conclusions,
    facts,
    judging,
    maps,
    matching,
    review,
    targets,
    templates,
    trips,
    validate,
    whatif,
)
from commands.usage import explain
from services.errors import USER_ERRORS, StoreBusy

EXIT_INPUT = 3
EXIT_BUSY = 4

app = typer.Typer(
    name="liantu",
    help="链图 LianTu：产业链招商分析工作台（命令行）",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for part in (
    facts,
    matching,
    conclusions,
    catalogue,
    judging,
    maps,
    review,
    chains,
    bench,
    targets,
    templates,
    trips,
    validate,
    whatif,
):
    part.register(app)


def run() -> int:
    """Run the command line; errors the user can mend become one sentence on stderr and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False)
    except TyperException as error:
        return _fail(explain(error), error.exit_code)
    except StoreBusy as error:
        return _fail(str(error), EXIT_BUSY)
    except USER_ERRORS as error:
        return _fail(str(error), EXIT_INPUT)
    except OSError as error:
        return _fail(_unusable(error), EXIT_INPUT)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else EXIT_INPUT
    return code if isinstance(code, int) else 0


def _unusable(error: OSError) -> str:
    """A file that cannot be read or written; the reason as the system words it."""
    named = f"文件 {error.filename} " if error.filename else "文件"
    return f"{named}不能读写：请检查路径是否存在、有无权限、磁盘是否已满（系统提示：{error.strerror or error}）"


def _fail(sentence: str, code: int) -> int:
    if sentence:
        Console(stderr=True, soft_wrap=True).print(sentence, style="red", markup=False, highlight=False)
    return code
