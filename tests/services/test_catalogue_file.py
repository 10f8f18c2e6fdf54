"""The file of a frozen catalogue: as it was kept, or a sentence."""

from __future__ import annotations

import hashlib

import pytest

from services.catalogue_versions import VersionFileLost, version_file


def keep(store, content: bytes, digest: str) -> None:
    with store.write() as cursor:
        cursor.execute("INSERT INTO catalogue_file VALUES ('c-v1', 'xlsx', ?, ?)", [content, digest])


def test_a_file_comes_back_byte_for_byte(store):
    content = bytes(range(256)) * 3
    keep(store, content, hashlib.sha256(content).hexdigest())

    assert version_file(store, "c-v1") == content


def test_a_version_without_file_is_a_sentence(store):
    with pytest.raises(VersionFileLost, match="目录 c-v1 没有保存的文件"):
        version_file(store, "c-v1")


def test_a_file_that_is_not_as_it_was_kept_is_not_given_out(store):
    keep(store, b"changed", hashlib.sha256(b"kept").hexdigest())

    with pytest.raises(VersionFileLost, match="与定稿时的校验码不符"):
        version_file(store, "c-v1")
