"""Search on the map: names, pinyin and initials find segments, projects and firms, and say where they are."""

from __future__ import annotations

import pytest

from data.regions import resolve_region
from services.map_search import LIMITS, Entry, Place, firms_named, found_in, map_index, rank_of, search, syllables_of
from tests.chains.tiny import chain_fields, tiny_chain

POWDER, PRESS = Place("tiny", "powder"), Place("tiny", "press")


@pytest.fixture
def named(chain):
    """The tiny chain with Chinese names: 铁粉 (powder), 压机 (press), 零件 (part)."""
    fields = chain_fields()["segments"]
    for segment, name in zip(fields, ("铁粉", "压机", "零件"), strict=True):
        segment["name"] = name
    return tiny_chain(segments=fields)


@pytest.fixture
def home(store):
    return resolve_region(store, "370100")


@pytest.fixture
def index(store, home, named):
    return map_index(store, home, [named])


def names(found):
    return [(entry.kind, entry.name) for entry in found]


@pytest.mark.parametrize("text", ["铁粉", "铁", "tiefen", "tie", "tf", "TF", " t f ", "powder"])
def test_a_segment_is_found_by_name_pinyin_initials_and_keyword(index, text):
    first = found_in(index, text, "tiny")[0]

    assert (first.kind, first.id, first.place) == ("segment", "powder", POWDER)


def test_a_project_opens_the_segment_that_it_is_attached_to(index):
    [first, *_] = [entry for entry in found_in(index, "yjxm", "tiny") if entry.kind == "project"]

    assert (first.name, first.place, first.note) == ("压机项目", PRESS, "小链 · 压机")


def test_a_local_firm_is_found_by_pinyin_with_its_segment_and_others_by_name(store, home, index):
    # Jinan has one maker of powder, its first firm; Wuhan's first makes powder and press at the same score
    [local] = [entry for entry in search(store, home, index, "d1c", "tiny") if entry.kind == "firm"]
    [other] = search(store, home, index, "420100第1厂", "tiny")

    assert (local.id, local.places) == ("370100-1", (POWDER,))
    assert (other.id, set(other.places)) == ("420100-1", {POWDER, PRESS, Place("tiny", "part")})


def test_firms_of_the_home_region_come_first_and_no_more_than_the_limit(store, home, index):
    found = search(store, home, index, "厂", "tiny")
    named = firms_named(store, home, index, "00第", "tiny")

    assert [entry.id for entry in found] == ["370100-1"]
    assert len(named) == LIMITS["firm"]
    assert {entry.id[:6] for entry in named} == {"370100"}


def test_a_firm_in_no_segment_has_no_place(store, home, index):
    [found] = search(store, home, index, "370100第10厂", "tiny")

    assert (found.id, found.place) == ("370100-10", None)


def test_what_is_on_the_map_looked_at_comes_first(store, home, named):
    twin = named.model_copy(update={"id": "twin", "name": "双链"})
    index = map_index(store, home, [named, twin])

    assert [entry.places[0].chain for entry in found_in(index, "tf", "twin")] == ["twin", "tiny"]


def test_an_equal_name_comes_before_one_that_begins_with_the_text_and_one_that_contains_it():
    entries = [Entry("segment", name, name, "", (), (), syllables_of(name)) for name in ("不锈钢粉", "钢粉末", "钢粉")]

    assert [rank_of(entry, "钢粉") for entry in entries] == [2, 1, 0]
    assert [rank_of(entry, "gangfen") for entry in entries] == [5, 3, 3]
    assert [rank_of(entry, "gf") for entry in entries] == [4, 3, 3]


def test_a_syllable_that_ends_with_the_text_comes_before_one_that_goes_on():
    motor, electrolysis = (Entry("segment", name, name, "", (), (), syllables_of(name)) for name in ("电机", "电解铝"))

    assert (rank_of(motor, "dianji"), rank_of(electrolysis, "dianji")) == (3, 4)


def test_pinyin_counts_from_a_syllable_on_only():
    steel = Entry("segment", "a", "不锈钢", "", (), (), syllables_of("不锈钢"))

    assert rank_of(steel, "xiugang") == 5
    assert rank_of(steel, "iugang") is None


@pytest.mark.parametrize("text", ["", "  ", "没有这样的名称", "zzzz", "'; DROP TABLE firm; --"])
def test_what_is_not_there_is_not_found(store, home, index, text):
    assert search(store, home, index, text, "tiny") == ()
