"""Counts of regions against the nation: what counts here counts everywhere."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import polars as pl
import pytest

from analysis.matching import SegmentRule
from analysis.presence import NothingToCompare
from chains.model import Kind
from data.cube import rebuild_cube
from services.context import read_context
from services.loop import chain_state
from services.presence import load_cube, load_local, related_density
from services.standalone import presence_of

PRESS = SegmentRule("press", "压机", "压力机", ("压力机",))


PAIRS = (
    "INSERT INTO segment_firm SELECT 'tiny', 'part', $city || '-' || i, $role, 'confirmed', 0.5, '文字', 'rule', NULL, true, NULL, NULL, NULL "
    "FROM range($first, $last) t(i)"
)


def test_researchers_make_no_production_segment_present(store, chain):
    home = read_context(store).home
    with store.write() as cursor:
        # with ten part makers more, Wuhan has 18 of 30, its share: there powder, press and part go together
        cursor.execute(PAIRS, {"city": "420100", "role": "maker", "first": 21, "last": 31})
        rebuild_cube(cursor)
    before = related_density(load_local(store, home), load_cube(store, [chain])).to_dict()
    with store.write() as cursor:
        cursor.execute(PAIRS, {"city": "370100", "role": "rd", "first": 2, "last": 10})
        rebuild_cube(cursor)
    after = related_density(load_local(store, home), load_cube(store, [chain])).to_dict()
    assert before == after


def test_firms_of_unknown_place_are_no_prefecture_to_learn_from(store, chain):
    with store.write() as cursor:
        # forty firms nowhere, half of which make powder and part: as a prefecture they would bring the two together
        cursor.execute(
            "INSERT INTO firm BY NAME SELECT 'x' || i AS firm_id, '无址' || i AS name, DATE '2019-05-01' AS as_of, 1 AS n_records "
            "FROM range(40) t(i)"
        )
        cursor.execute("INSERT INTO firm_activity (firm_id, makes) SELECT 'x' || i, true FROM range(40) t(i)")
        cursor.execute(
            "INSERT INTO segment_firm SELECT 'tiny', segment, 'x' || i, 'maker', 'confirmed', 0.9, '制造', 'rule', 0, true, NULL, NULL, NULL "
            "FROM range(20) t(i), (VALUES ('powder'), ('part')) s(segment)"
        )
        rebuild_cube(cursor)
    cube = load_cube(store, [chain])
    local = load_local(store, read_context(store).home)
    somewhere = replace(cube, totals=cube.totals.drop("000000"))
    pd.testing.assert_series_equal(related_density(local, cube), related_density(local, somewhere))


def test_industry_codes_are_activities_that_segments_are_near_to(store, chain):
    home = read_context(store).home
    plain = related_density(load_local(store, home), load_cube(store, [chain]))
    with store.write() as cursor:
        # the part makers of Shiyan and all of Jinan's firms carry one code: where it is, part is
        cursor.execute("UPDATE firm SET gb4754 = 'C3670' WHERE city_code IN ('420300', '370100')")
    coded = related_density(load_local(store, home), load_cube(store, [chain]))
    # present: Shiyan part and 367, Jinan powder (1 ≥ 1) and 367, Wuhan powder, press. φ(part, 367) = 1/2 and part has no
    # other neighbour, so its density in Jinan, where 367 is, is 1; without codes it is near nothing
    assert coded.index.tolist() == plain.index.tolist()
    assert pd.isna(plain["part"]) and coded["part"] == 1.0


def test_a_store_in_which_nobody_makes_anything_says_what_to_do(store, chain):
    with store.write() as cursor:
        cursor.execute("UPDATE firm_activity SET makes = false")
        rebuild_cube(cursor)
    with pytest.raises(NothingToCompare, match="请先导入更多企业并重新匹配"):
        chain_state(store, chain, read_context(store), load_cube(store, [chain]))


def firms(*rows: tuple[str, object]) -> pl.DataFrame:
    return pl.DataFrame(
        [{"firm_id": key, "name": "甲厂", "scope": "压力机制造", "city_code": city} for key, city in rows]
    )


def test_a_firm_that_a_file_names_twice_counts_once():
    found = presence_of(firms(("a", "370100"), ("a", "370100"), ("b", "420100")), [PRESS])
    assert dict(zip(found.adcode, found.n_makers, strict=True)) == {"370100": 1, "420100": 1}
    assert found.expected.tolist() == pytest.approx([1.0, 1.0])


def test_codes_may_be_numbers_as_other_programs_write_them():
    found = presence_of(firms(("a", 370100), ("b", 420100)), [PRESS], by="province")
    assert found.adcode.tolist() == ["370000", "420000"]


def test_a_chain_of_services_counts_those_who_serve_among_all_firms(store, chain):
    serving = [segment.model_copy(update={"kind": Kind.SERVICE}) for segment in chain.segments]
    services = chain.model_copy(update={"segments": tuple(serving)})
    with store.write() as cursor:
        cursor.execute("UPDATE segment_firm SET role = 'service'")
        cursor.execute("UPDATE firm_activity SET makes = false WHERE firm_id LIKE '370100-%'")
        rebuild_cube(cursor)
    state = chain_state(store, services, read_context(store), load_cube(store, [services]))
    # Jinan has 10 of 100 firms and none that makes; 23 firms serve in all (1, 12 and 10), one of them in Jinan
    assert (state.presence.n_local, round(state.presence.expected, 6)) == (1, 2.3)


def test_a_chain_whose_own_trade_is_research_counts_its_researchers(store, chain):
    studying = [segment.model_copy(update={"kind": Kind.RD}) for segment in chain.segments]
    research = chain.model_copy(update={"segments": tuple(studying)})
    with store.write() as cursor:
        cursor.execute("UPDATE segment_firm SET role = 'rd'")
        rebuild_cube(cursor)
    state = chain_state(store, research, read_context(store), load_cube(store, [research]))
    assert state.presence.n_local == 1
