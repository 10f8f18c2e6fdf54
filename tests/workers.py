"""How the tests are shared out to several processes: what is dear to build stays in one of them."""

from __future__ import annotations

from pathlib import PurePosixPath

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {"registry"}
"""Folders whose tests share a store of a million firms. A browser and its server start in seconds in a second process too."""


class ByFile(LoadScopeScheduling):
    """A file's tests, and a whole folder's where they share what is dear, go to one process, in the order collected."""

    def _split_scope(self, nodeid: str) -> str:
        path = PurePosixPath(nodeid.split("::", 1)[0])
        return str(path.parent) if path.parent.name in TOGETHER else str(path)
