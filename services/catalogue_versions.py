"""Frozen versions of a 招商目录: numbered, hashed, with their files as they were made; none is ever changed."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from chains.model import Chain
from data.store import Cursor, Store
from exports.content import CatalogueContent
from exports.document.files import Progress
from exports.fonts import NoFont
from exports.profiles import PROFILES
from services.audit import record
from services.catalogue import content_hash, items_json
from services.catalogue_files import FORMATS, Order, catalogue_file, order_of
from services.claims import with_claims
from services.context import Context

SHARES = {".xlsx": 3.0, ".docx": 3.0, ".pdf": 15.0, ".html": 1.0}
"""How long each format takes beside the others, for the progress."""


class VersionFileLost(ValueError):
    """The file of a frozen version is not there, or not as it was kept."""

    def __init__(self, catalogue_id: str, found: bool) -> None:
        what = "保存的文件与定稿时的校验码不符，请从备份恢复" if found else "没有保存的文件，可按条目查验，不能再次下载"
        super().__init__(f"目录 {catalogue_id} {what}")


class VersionTaken(ValueError):
    """The number that a version was to have is another's."""

    def __init__(self, version: int) -> None:
        super().__init__(
            f"第 {version} 版刚才已经定稿（可能按了两次，或有同事同时定稿），没有重复定稿；请看“已定稿的版本”，仍要定稿请再按一次"
        )


@dataclass(frozen=True)
class Version:
    """A frozen version of a catalogue."""

    catalogue_id: str
    version: int
    content_sha256: str


def next_version(store: Store, chain: Chain, home: str) -> int:
    """The number of the version that is frozen next."""
    last = "SELECT coalesce(max(version), 0) + 1 FROM catalogue WHERE chain_id = ? AND home_adcode = ?"
    return int(store.rows(last, [chain.id, home])[0][0])


def freeze(
    store: Store,
    chain: Chain,
    context: Context,
    content: CatalogueContent,
    *,
    actor: str,
    at: datetime,
    number: int | None = None,
    progress: Progress | None = None,
) -> Version:
    """Keep the content's items and its finished files (内部版) as the next numbered version; none is ever changed.

    The files are made first; then all is written at once, so that there is a whole version or none. A format that cannot be
    made on this machine (a PDF without a Chinese font) is left out.

    Parameters
    ----------
    number : of the version that is wanted, the next unless given; progress : told the share done and what is being made

    Raises
    ------
    VersionTaken : someone has frozen the version of that number meanwhile
    """
    home = context.home
    wanted = number or next_version(store, chain, home.adcode)
    content = replace(content, items=with_claims(store, home, content.items, actor))
    digest = content_hash(content.items)
    version = Version(f"{chain.id}-{home.adcode}-v{wanted}", wanted, digest)
    order = order_of(store, chain, PROFILES["internal"], actor, at)
    finished = replace(content, version=wanted, content_sha256=digest, made_at=at)
    kept = _files(finished, order, progress or (lambda _share, _told: None))
    with store.write() as cursor:
        if next_version(store, chain, home.adcode) != wanted:
            raise VersionTaken(wanted)
        parameters = json.dumps(dict(content.parameters), ensure_ascii=False)
        row = [version.catalogue_id, content.title, chain.id, home.adcode, wanted, at, actor, at, context.as_of]
        cursor.execute(
            "INSERT INTO catalogue VALUES (?, ?, ?, ?, 'frozen', ?, ?, ?, ?, ?, ?, ?)", [*row, parameters, digest]
        )
        store.write_frame(cursor, "catalogue_item", _frozen_rows(version, content.items, actor, at))
        for suffix, file in kept.items():
            _keep_file(cursor, version.catalogue_id, suffix, file)
        record(cursor, at, actor, "catalogue_freeze", f"{version.catalogue_id} {digest}")
    return version


def _files(content: CatalogueContent, order: Order, progress: Progress) -> dict[str, bytes]:
    """The files of a version by suffix; ``progress`` is told of each format and how far it is."""
    made: dict[str, bytes] = {}
    total, done = sum(SHARES.values()), 0.0
    for number, suffix in enumerate(FORMATS, 1):
        told = f"正在生成{FORMATS[suffix]}（{number}/{len(FORMATS)}）"
        progress(done, told)

        def within(
            share: float, detail: str, start: float = done, told: str = told, part: float = SHARES[suffix] / total
        ) -> None:
            progress(start + share * part, f"{told}：{detail}")

        with suppress(NoFont):
            made[suffix] = catalogue_file(content, suffix, order, within)
        done += SHARES[suffix] / total
    progress(1.0, "正在保存")
    return made


def version_file(store: Store, catalogue_id: str, suffix: str = ".xlsx") -> bytes:
    """A file of a frozen version, byte for byte as it was made. Raises VersionFileLost."""
    found = store.rows(
        "SELECT content, sha256 FROM catalogue_file WHERE catalogue_id = ? AND format = ?", [catalogue_id, suffix[1:]]
    )
    if not found or hashlib.sha256(found[0][0]).hexdigest() != found[0][1]:
        raise VersionFileLost(catalogue_id, bool(found))
    return bytes(found[0][0])


def _keep_file(cursor: Cursor, catalogue_id: str, suffix: str, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    cursor.execute("INSERT INTO catalogue_file VALUES (?, ?, ?, ?)", [catalogue_id, suffix[1:], content, digest])


def kept_formats(store: Store, catalogue_id: str) -> tuple[str, ...]:
    """The suffixes that a frozen version is kept in, in the order of ``services.catalogue_files.FORMATS``."""
    kept = {
        f".{row[0]}" for row in store.rows("SELECT format FROM catalogue_file WHERE catalogue_id = ?", [catalogue_id])
    }
    return tuple(suffix for suffix in FORMATS if suffix in kept)


def versions(store: Store, chain: Chain, home: str) -> pd.DataFrame:
    """Frozen versions, newest first.

    catalogue_id, version, frozen_at, created_by, data_as_of, n_items, content_sha256, file_sha256 (NA: frozen before
    files were kept).
    """
    return store.query(
        "SELECT c.catalogue_id, c.version, c.frozen_at, c.created_by, c.data_as_of, count(i.firm_id) AS n_items, c.content_sha256, "
        "f.sha256 AS file_sha256 FROM catalogue c LEFT JOIN catalogue_item i USING (catalogue_id) "
        "LEFT JOIN catalogue_file f ON f.catalogue_id = c.catalogue_id AND f.format = 'xlsx' WHERE c.chain_id = ? AND c.home_adcode = ? "
        "GROUP BY ALL ORDER BY c.version DESC",
        [chain.id, home],
    )


def _frozen_rows(version: Version, items: pd.DataFrame, actor: str, at: datetime) -> pd.DataFrame:
    records = json.loads(items_json(items))
    return pd.DataFrame(
        {
            "catalogue_id": version.catalogue_id,
            "position": items.position.to_numpy(),
            "segment_id": items.segment_id.to_numpy(),
            "firm_id": items.firm_id.to_numpy(),
            "item": [json.dumps(one, ensure_ascii=False) for one in records],
            "added_at": at,
            "added_by": actor,
        }
    )
