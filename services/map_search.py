"""Find a segment, a project or a firm by name, by pinyin or by initials, and where on which map it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import pandas as pd
from pypinyin import lazy_pinyin

from chains.model import Chain
from data.regions import Region
from data.sql import load_sql
from data.store import Store
from services.projects import projects_of

LIMITS: dict[str, int] = {"segment": 6, "project": 4, "firm": 6}
"""Hits shown of each kind."""
SPELLED_FIRMS = 20_000
"""Local firms that can be found by pinyin, those of the largest capital first; the others are found by their names."""
SHORTEST = 2
"""Signs from which firms are looked for in the whole store: a single one is in most names."""


@dataclass(frozen=True)
class Place:
    """A segment of a chain."""

    chain: str
    segment: str


@dataclass(frozen=True)
class Entry:
    """What can be found: kind (segment, project, firm), its id, name, what else finds it, a note, and its places, best first."""

    kind: str
    id: str
    name: str
    note: str
    places: tuple[Place, ...]
    words: tuple[str, ...] = ()
    syllables: tuple[str, ...] = ()

    @property
    def place(self) -> Place | None:
        """The place to go to, if there is any."""
        return self.places[0] if self.places else None

    def nearest(self, chain_id: str) -> Entry:
        """The same with the places of a chain first."""
        return replace(self, places=tuple(sorted(self.places, key=lambda place: place.chain != chain_id)))


@dataclass(frozen=True)
class Index:
    """Everything that is found in memory: segments and projects of the chains in use, local firms that make something."""

    entries: tuple[Entry, ...]
    names: dict[Place, str]


def map_index(store: Store, region: Region, chains: Sequence[Chain]) -> Index:
    """The index of the chains in use and of a home region; changes with the data and the packages."""
    names = {
        Place(chain.id, segment.id): f"{chain.name} · {segment.name}" for chain in chains for segment in chain.segments
    }
    entries = [*_segments(chains), *_projects(store, region, names), *_makers(store, region, names)]
    return Index(tuple(entries), names)


def found_in(index: Index, text: str, chain_id: str) -> tuple[Entry, ...]:
    """What the text finds in the index: segments, then projects, then firms, best first, at most LIMITS of each.

    A name that is the text comes before one that begins with it, one that contains it, and one whose initials or pinyin
    do; among equals what is on the map of ``chain_id`` comes first.
    """
    wanted = "".join(text.split()).lower()
    if not wanted:
        return ()
    ranked: dict[str, list[tuple[int, bool, int, Entry]]] = {kind: [] for kind in LIMITS}
    for at, entry in enumerate(index.entries):
        rank = rank_of(entry, wanted)
        if rank is not None:
            ranked[entry.kind].append((rank, all(p.chain != chain_id for p in entry.places), at, entry))
    best = {kind: sorted(found, key=lambda one: one[:3])[: LIMITS[kind]] for kind, found in ranked.items()}
    return tuple(entry.nearest(chain_id) for found in best.values() for *_, entry in found)


def firms_named(store: Store, region: Region, index: Index, text: str, chain_id: str) -> tuple[Entry, ...]:
    """Firms of the whole store whose name contains the text or whose code it is, those of the region first."""
    wanted = text.strip()
    if len(wanted) < SHORTEST:
        return ()
    sql = load_sql("named_firms").replace("{region}", region.where_sql)
    firms = store.query(sql, {"text": wanted, "limit": LIMITS["firm"], **region.params})
    if firms.empty:
        return ()
    pairs = store.query(load_sql("segments_of_firms"), {"firms": firms.firm_id.to_list()})
    places = _places(pairs, index.names)
    return tuple(
        Entry("firm", row.firm_id, row.title, "" if pd.isna(row.place) else row.place, places.get(row.firm_id, ()))
        for row in firms.rename(columns={"name": "title"}).itertuples()
    )


def search(store: Store, region: Region, index: Index, text: str, chain_id: str) -> tuple[Entry, ...]:
    """Segments, projects and firms that the text finds; firms of the index before those of the rest of the store."""
    known = found_in(index, text, chain_id)
    n_firms = sum(entry.kind == "firm" for entry in known)
    if n_firms >= LIMITS["firm"]:
        return known
    listed = {entry.id for entry in known if entry.kind == "firm"}
    others = [entry for entry in firms_named(store, region, index, text, chain_id) if entry.id not in listed]
    return (*known, *(entry.nearest(chain_id) for entry in others[: LIMITS["firm"] - n_firms]))


def rank_of(entry: Entry, wanted: str) -> int | None:
    """How well an entry fits the text (0 best); None where it does not.

    >>> powder = Entry("segment", "iron", "铁粉", "", (), ("还原铁粉",), ("tie", "fen"))
    >>> [rank_of(powder, text) for text in ("铁粉", "铁", "粉", "tf", "tiefen", "fen", "还原", "钢")]
    [0, 1, 2, 3, 3, 5, 6, None]
    """
    name = entry.name.lower()
    if wanted in name:
        return 0 if wanted == name else 1 if name.startswith(wanted) else 2
    if wanted.isascii() and entry.syllables:
        rank = _spelled(entry.syllables, wanted)
        if rank is not None:
            return rank
    return 6 if any(wanted in word.lower() for word in entry.words) else None


def _spelled(syllables: Sequence[str], wanted: str) -> int | None:
    """3 where initials or whole syllables begin with the text, 4 where the pinyin does so in the midst of a syllable or the
    initials contain it, 5 where the pinyin does from a syllable on.
    """
    initials, whole = "".join(one[:1] for one in syllables), "".join(syllables)
    if initials.startswith(wanted) or (whole.startswith(wanted) and len(wanted) in accumulate(map(len, syllables))):
        return 3
    if whole.startswith(wanted) or (len(wanted) > 1 and wanted in initials):
        return 4
    if len(wanted) < 3 or wanted not in whole:
        return None
    return 5 if any("".join(syllables[at:]).startswith(wanted) for at in range(1, len(syllables))) else None


def syllables_of(name: str) -> tuple[str, ...]:
    """A name in pinyin, by syllable; each sign that is no Chinese character stays.

    >>> syllables_of("重庆3D")
    ('chong', 'qing', '3', 'd')
    """
    return tuple(part for one in lazy_pinyin(name, errors=" ".join) for part in one.lower().split())


def _segments(chains: Iterable[Chain]) -> Iterator[Entry]:
    for chain in chains:
        for one in chain.segments:
            note = f"{chain.name} · {chain.stage_name(one.stage)} · {one.group}"
            place = Place(chain.id, one.id)
            yield Entry("segment", one.id, one.name, note, (place,), one.keywords, syllables_of(one.name))


def _projects(store: Store, region: Region, names: dict[Place, str]) -> Iterator[Entry]:
    links = store.query("SELECT DISTINCT project_id AS firm_id, chain_id, segment_id FROM project_segment ORDER BY ALL")
    places = _places(links, names)
    for row in projects_of(store, region).rename(columns={"name": "title"}).itertuples():
        at = places.get(row.project_id, ())
        note = "、".join(names[place] for place in at[:2]) or "还没有挂接环节"
        yield Entry("project", row.project_id, row.title, note, at, (), syllables_of(row.title))


def _makers(store: Store, region: Region, names: dict[Place, str]) -> Iterator[Entry]:
    rows = store.query(load_sql("local_makers").replace("{region}", region.where_sql), region.params)
    places = _places(rows, names)
    for at, row in enumerate(rows.drop_duplicates("firm_id").rename(columns={"name": "title"}).itertuples()):
        spelled = syllables_of(row.title) if at < SPELLED_FIRMS else ()
        yield Entry("firm", row.firm_id, row.title, region.name, places.get(row.firm_id, ()), (), spelled)


def _places(rows: pd.DataFrame, names: dict[Place, str]) -> dict[str, tuple[Place, ...]]:
    """Places by the id in ``firm_id``, in the order of the rows; those of chains not in use are left out."""
    found: dict[str, list[Place]] = {}
    for row in rows.itertuples():
        place = Place(row.chain_id, row.segment_id)
        if place in names:
            found.setdefault(row.firm_id, []).append(place)
    return {key: tuple(places) for key, places in found.items()}
