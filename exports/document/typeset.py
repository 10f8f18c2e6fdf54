"""Typesetting in a process of its own, ``python -m exports.document.typeset``: what it needs of memory is given back.

Reads the document's data as JSON and writes the PDF.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson

ROOT = Path(__file__).resolve().parents[2]


class TypesettingFailed(RuntimeError):
    """The typesetter gave up; its words."""


def typeset(data: dict[str, Any]) -> bytes:
    """The data of a document as PDF. Raises TypesettingFailed."""
    done = subprocess.run(
        [sys.executable, "-m", "exports.document.typeset"],
        input=orjson.dumps(data),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise TypesettingFailed(done.stderr.decode("utf-8", "replace")[-2_000:])
    return done.stdout


def main() -> None:
    """Read, typeset, write."""
    import typst  # noqa: PLC0415 - loaded only when wanted

    data = sys.stdin.buffer.read()
    source = files("exports.document").joinpath("document.typ").read_bytes()
    pdf = typst.compile(source, sys_inputs={"data": data.decode("utf-8")}, pdf_tags=b'"part":"whole"' in data)
    sys.stdout.buffer.write(bytes(pdf))


if __name__ == "__main__":
    main()
