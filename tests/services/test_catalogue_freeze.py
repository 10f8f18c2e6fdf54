"""A version is whole or is not there: stopped while it is made, killed while it is written, frozen twice at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from chains.model import Chain
from data.store import Store, open_store
from exports.content import CatalogueContent
from services.catalogue import catalogue_content
from services.catalogue_draft import add_items, draft_keys
from services.catalogue_versions import VersionTaken, freeze, kept_formats, next_version, versions
from services.context import Context, read_context
from services.loop import chain_state, targets_of
from services.presence import load_cube
from tests.chains.tiny import tiny_chain

HOME = "370100"
AT = datetime(2026, 3, 2, 9, 0)
ROOT = Path(__file__).resolve().parents[2]
KILLED = """
import os, sys
from pathlib import Path
from data.store import open_store
from services import catalogue_versions
from tests.services.test_catalogue_freeze import frozen
keep = catalogue_versions._keep_file
def die(*given):
    keep(*given)
    os._exit(9)
catalogue_versions._keep_file = die
frozen(open_store(Path(sys.argv[1])))
"""


def written(store: Store, chain: Chain) -> tuple[Context, CatalogueContent]:
    """A draft of two firms and what it says."""
    add_items(store, chain, HOME, [("part", "420300-1"), ("part", "420300-2")], actor="甲", at=AT)
    context = read_context(store)
    state = chain_state(store, chain, context, load_cube(store, [chain]))
    ranked = partial(targets_of, store, chain, context=context)
    return context, catalogue_content(store, chain, context, state, ranked, draft_keys(store, chain, HOME), AT)


def frozen(store: Store, **rest: object):
    chain = tiny_chain()
    return freeze(store, chain, *written(store, chain), actor="甲", at=AT, **rest)


def rows(store: Store) -> list[int]:
    """Versions, their items, their files and their entries in the audit log."""
    asked = (
        "catalogue",
        "catalogue_item WHERE catalogue_id NOT LIKE '%draft'",
        "catalogue_file",
        "audit_event WHERE action = 'catalogue_freeze'",
    )
    return [store.rows(f"SELECT count(*) FROM {one}")[0][0] for one in asked]  # noqa: S608 - constants


def test_each_file_is_told_of_while_it_is_made_and_the_share_only_grows(store, chain):
    told: list[tuple[float, str]] = []

    frozen(store, progress=lambda share, words: told.append((share, words)))

    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert (told[0], told[-1]) == ((0.0, "正在生成Excel（1/4）"), (1.0, "正在保存"))
    assert any(words.startswith("正在生成PDF（3/4）：") for _, words in told)
    assert kept_formats(store, "tiny-370100-v1") == (".xlsx", ".docx", ".pdf", ".html")


def test_a_run_that_is_stopped_leaves_no_version_and_the_next_one_is_whole(store):
    def stop(_share: float, words: str) -> None:
        if words == "正在保存":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        frozen(store, progress=stop)
    assert rows(store) == [0, 0, 0, 0]

    assert frozen(store).version == 1
    assert rows(store) == [1, 2, 4, 1]


def test_of_two_who_freeze_at_once_one_has_a_version_and_the_other_is_told(store, chain):
    number = next_version(store, chain, HOME)

    def meanwhile(_share: float, words: str) -> None:
        if words == "正在保存":
            frozen(store, number=number)

    with pytest.raises(VersionTaken, match="第 1 版刚才已经定稿"):
        frozen(store, number=number, progress=meanwhile)
    assert rows(store) == [1, 2, 4, 1]
    assert versions(store, chain, HOME).version.to_list() == [1]


def test_a_process_killed_while_it_writes_leaves_no_version(store):
    store.close()

    died = subprocess.run([sys.executable, "-c", KILLED, str(store.path)], cwd=ROOT, capture_output=True, check=False)

    assert died.returncode == 9, died.stderr.decode()
    with open_store(store.path) as opened:
        assert rows(opened) == [0, 0, 0, 0]
        assert opened.rows("SELECT count(*) FROM catalogue_item") == [(2,)]  # the draft
