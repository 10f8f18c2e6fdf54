"""The chain packages of a store: those shipped with the program, and the versions that people saved in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from chains.checks import Finding, check_chain, ids_kept, ids_unique_across, references_kept
from chains.load import ChainInvalid, load_all, load_chain, load_text, written_in
from chains.model import Chain
from chains.shared import UnknownReference, with_shared
from chains.write import as_written
from data.demo import DEMO_CHAINS
from data.settings import choose_chains, chosen_chains
from data.sql import load_sql
from data.store import Store
from services.audit import record

_NEWEST = (
    "SELECT version, saved_by, saved_at, reason FROM chain_version WHERE chain_id = ? "
    "ORDER BY saved_at DESC, rowid DESC LIMIT 1"
)


class UnknownChain(ValueError):
    """There is no chain of this id or name."""

    def __init__(self, text: str, known: Sequence[Chain]) -> None:
        names = "、".join(f"{chain.id}（{chain.name}）" for chain in known)
        super().__init__(f"没有产业链“{text}”；可用：{names}")


class NoChain(ValueError):
    """No chain is chosen."""

    def __init__(self) -> None:
        super().__init__("请至少选一条产业链")


class PackageRefused(ValueError):
    """A package that may not be saved; the message lists what is wrong."""

    def __init__(self, findings: Sequence[str]) -> None:
        self.findings = tuple(findings)
        super().__init__("这个版本没有保存：" + "；".join(findings))


@dataclass(frozen=True)
class Draft:
    """A package that may be saved: its text, the chain that it says, and what the rules find in it (none: it may)."""

    text: str
    chain: Chain
    found: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[str, ...]:
        """What is found, as sentences."""
        return tuple(finding.message for finding in self.found)


def installed(store: Store) -> tuple[Chain, ...]:
    """Every chain in force, in the order of their ids: the version saved last, else the shipped one.

    Segments that a chain shares with another are those of the other's version in force.
    """
    saved = {chain.id: chain for chain in map(_parsed, (row[0] for row in store.rows(load_sql("chains_in_force"))))}
    chains = {chain.id: chain for chain in load_all()} | saved
    return tuple(_resolved(chains[chain_id], chains, saved) for chain_id in sorted(chains))


def in_use(store: Store) -> tuple[Chain, ...]:
    """The installed chains that this place works on; all of them before anyone chose."""
    chosen = chosen_chains(store)
    return tuple(chain for chain in installed(store) if chosen is None or chain.id in chosen)


def use_chains(store: Store, chain_ids: Sequence[str], *, actor: str, at: datetime) -> tuple[Chain, ...]:
    """Choose the chains that this place works on; what is known of the others stays.

    Raises UnknownChain, NoChain (none given).
    """
    chains = tuple(installed_chain(store, chain_id) for chain_id in chain_ids)
    if not chains:
        raise NoChain
    with store.write() as cursor:
        choose_chains(cursor, [chain.id for chain in chains])
        record(cursor, at, actor, "chains_in_use", "、".join(chain.id for chain in chains))
    return chains


def demo_chains() -> tuple[Chain, ...]:
    """The shipped chains of the fictional demo district."""
    return tuple(load_chain(chain_id) for chain_id in DEMO_CHAINS)


def installed_chain(store: Store, text: str) -> Chain:
    """The chain in force of an id or a Chinese name. Raises UnknownChain."""
    known = installed(store)
    for chain in known:
        if text in (chain.id, chain.name):
            return chain
    raise UnknownChain(text, known)


def read_draft(store: Store, text: str, name: str = "草稿.yaml") -> Draft:
    """What a package's text says, and every rule that it breaks, also against the other chains and the facts.

    Raises ChainInvalid where the text is no package at all, with the line and the reason.
    """
    chain = load_text(text, name, {one.id: one for one in installed(store)})
    return Draft(text, chain, findings_on(store, chain))


def findings_on(store: Store, chain: Chain) -> tuple[Finding, ...]:
    """Every rule that a chain breaks, also against the other chains, the facts and the version in force."""
    known = {one.id: one for one in installed(store)}
    others = [one for one in known.values() if one.id != chain.id]
    found: list[Finding] = [*check_chain(chain), *ids_unique_across([*others, chain])]
    found += [*ids_kept(_used_ids(store, chain.id), chain), *references_kept(chain, others)]
    before = known.get(chain.id)
    if before is not None and _number(chain.version) <= _number(before.version):
        said = f"版本号 {chain.version} 应高于现用的 {before.version}"
        found.append(Finding("version_higher", chain.version, said))
    return tuple(found)


def resolved_on(store: Store, chain: Chain) -> Chain:
    """A chain as it is written with what it shares taken from the versions in force. Raises ChainInvalid."""
    known = {one.id: one for one in installed(store)}
    return _resolved(chain, known | {chain.id: chain}, {chain.id: chain})


def next_version(old: Chain, new: Chain) -> str:
    """The version number proposed for a changed chain: the middle part grows with the map, the last with its words."""
    major, minor, patch = _number(old.version)
    same = {segment.id for segment in old.segments} == {segment.id for segment in new.segments}
    pairs = [{(edge.supplier, edge.user) for edge in one.edges} for one in (old, new)]
    return f"{major}.{minor}.{patch + 1}" if same and pairs[0] == pairs[1] else f"{major}.{minor + 1}.0"


def save_version(
    store: Store, text: str, *, actor: str, reason: str, at: datetime, based_on: str | None = None
) -> Chain:
    """Put a package in force as a new version; matching is to be run again then.

    Parameters
    ----------
    based_on : the version in which the changes were made, None where that is not known

    Raises
    ------
    ChainInvalid : the text is no package
    PackageRefused : the package breaks a rule, no reason is given, or someone saved another version since
        ``based_on``; nothing was written
    """
    chain = written_in(text, "草稿.yaml")
    if based_on is not None:
        _refuse_overtaken(store.rows(_NEWEST, [chain.id]), chain, based_on)
    draft = read_draft(store, text)
    findings = draft.findings if reason.strip() else ("请写明修改原因", *draft.findings)
    if findings:
        raise PackageRefused(findings)
    with store.write() as cursor:
        _refuse_overtaken(cursor.execute(_NEWEST, [chain.id]).fetchall(), chain, based_on)
        row = [draft.chain.id, draft.chain.version, text, reason.strip(), actor, at]
        cursor.execute("INSERT INTO chain_version VALUES (?, ?, ?, ?, ?, ?)", row)
        record(cursor, at, actor, "chain_save", f"{draft.chain.id} {draft.chain.version}：{reason.strip()}")
    return draft.chain


def package_versions(store: Store, chain_id: str) -> pd.DataFrame:
    """Saved versions of a chain, newest first: version, reason, saved_by, saved_at, content."""
    return store.query(
        "SELECT version, reason, saved_by, saved_at, content FROM chain_version WHERE chain_id = ? "
        "ORDER BY saved_at DESC, rowid DESC",
        [chain_id],
    )


def version_of(store: Store, chain_id: str, version: str) -> Chain:
    """A saved version, or the shipped one. Raises KeyError."""
    saved = package_versions(store, chain_id)
    found = saved[saved.version == version]
    if len(found):
        known = {chain.id: chain for chain in installed(store)}
        return _resolved(_parsed(found.content.iloc[0]), known, known)
    shipped = load_chain(chain_id)
    if shipped.version != version:
        raise KeyError(f"产业链 {chain_id} 没有版本 {version}")
    return shipped


@lru_cache(maxsize=64)
def _parsed(text: str) -> Chain:
    """A saved package as it is written."""
    return written_in(text, "已保存的版本.yaml")


def _used_ids(store: Store, chain_id: str) -> list[str]:
    """Segments that projects, catalogues or people's decisions refer to."""
    return [row[0] for row in store.rows(load_sql("used_segments"), {"chain_id": chain_id})]


def _refuse_overtaken(newest: list[tuple[Any, ...]], chain: Chain, based_on: str | None) -> None:
    """``newest``: version, saved_by, saved_at and reason of the version saved last, if any."""
    for version, saved_by, saved_at, reason in newest:
        told = f"{saved_by} 在 {saved_at:%Y-%m-%d %H:%M} 已保存 {version}（{reason}）"
        if based_on is not None and version != based_on:
            raise PackageRefused(
                [f"{told}，而这份修改是在 {based_on} 上做的；请先看对方改了什么，再在 {version} 上修改"]
            )
        if based_on is None and _number(version) >= _number(chain.version):
            raise PackageRefused([f"{told}，不低于 {chain.version}；请在它的基础上修改"])


def _resolved(chain: Chain, chains: Mapping[str, Chain], saved: Mapping[str, Chain]) -> Chain:
    """The chain with what it shares taken from the versions in force, where people saved it or any of those."""
    if chain.id not in saved and not any(reference.package in saved for reference in chain.shared):
        return chain
    try:
        return with_shared(as_written(chain), lambda package: as_written(chains[package]))
    except UnknownReference as error:
        raise ChainInvalid(Path(f"{chain.id}.yaml"), 1, str(error)) from error


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
