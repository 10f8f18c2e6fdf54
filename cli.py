"""Every job of 链图 without the browser: ``python cli.py --help``."""

from __future__ import annotations

import sys

from commands.app import run

if __name__ == "__main__":
    sys.exit(run())
