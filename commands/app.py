"""The typer application and its exit codes: 0 done, 2 usage, 3 bad input, 4 store busy."""

from __future__ import annotations

import sys

import typer
from rich.console import Console

from commands import bench, conclusions, facts, matching
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
for part in (facts, matching, conclusions, bench):
    part.register(app)


def run() -> int:
    """Run the command line; errors the user can mend become one sentence on stderr and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except StoreBusy as error:
        return _fail(error, EXIT_BUSY)
    except USER_ERRORS as error:
        return _fail(error, EXIT_INPUT)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else EXIT_INPUT
    return 0


def _fail(error: Exception, code: int) -> int:
    Console(stderr=True).print(str(error), style="red", markup=False, highlight=False)
    return code
