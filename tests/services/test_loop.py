"""From counts in the store to labels, gaps, targets, coverage and the catalogue, on the store worked by hand."""

from __future__ import annotations

from datetime import date
from functools import partial
from io import BytesIO

import openpyxl
import pytest

from data.cube import rebuild_cube
from data.imports import import_file, undo
from data.regions import resolve_region
from data.store import open_store
from exports.xlsx import catalogue_workbook
from services.catalogue import EmptyCatalogue, catalogue_content, content_hash
from services.catalogue_draft import add_items, best_keys, draft_keys, remove_items
from services.catalogue_versions import freeze, versions
from services.context import NoData, NoHome, data_versions, read_context
from services.loop import chain_state, targets_of
from services.presence import NotMatched, load_cube, load_local
from services.projects import (
    UnknownProject,
    WrongEvent,
    add_event,
    attached_projects,
    has_register,
    projects_by_name,
)
from tests.chains.tiny import segment_fields, tiny_chain
from tests.services.conftest import AT


@pytest.fixture
def state(store, chain):
    return chain_state(store, chain, read_context(store), load_cube(store, [chain]))


def by_segment(frame):
    return frame.set_index("segment_id")


def test_expected_count_is_the_region_s_share_of_producers(state):
    # Jinan has 10 of 100 producers; the nation has 10 powder, 10 press and 20 part makers
    assert by_segment(state.labels).expected.to_dict() == pytest.approx({"powder": 1.0, "press": 1.0, "part": 2.0})


def test_local_count_is_the_region_s_confirmed_makers(state):
    assert by_segment(state.labels).n_local.to_dict() == {"powder": 1, "press": 0, "part": 0}


def test_none_of_two_expected_is_missing_and_none_of_one_is_unknown(state):
    assert by_segment(state.labels).label.to_dict() == {"powder": "fair", "press": "unknown", "part": "missing"}


def test_a_firm_struck_off_the_register_counts_neither_here_nor_in_the_benchmark(store, chain):
    with store.write() as cursor:
        cursor.execute("UPDATE firm SET status = '注销' WHERE firm_id IN ('370100-1', '420100-1')")
        rebuild_cube(cursor)
    labels = by_segment(chain_state(store, chain, read_context(store), load_cube(store, [chain])).labels)
    # Jinan keeps 9 of 98 producers, the nation 8 powder makers
    assert labels.n_local["powder"] == 0
    assert labels.expected["powder"] == pytest.approx(8 * 9 / 98)


def test_the_chain_as_a_whole_counts_a_firm_in_two_segments_once(store, chain, state):
    # Wuhan's powder, press and part makers are the same ten firms: 1 + 12 + 10 firms in all, of which Jinan has one
    assert state.presence.n_local == 1
    assert state.presence.expected == pytest.approx(2.3)


def test_a_signed_project_covers_nominally_until_it_starts(store, chain):
    region = resolve_region(store, "370100")
    before = attached_projects(store, region, "tiny").iloc[0]
    assert (before.nominal, before.effective) == (True, False)
    add_event(store, "p1", "started", on_date=date(2019, 6, 1), actor="t", at=AT)
    after = attached_projects(store, region, "tiny").iloc[0]
    assert (after.stage, after.nominal, after.effective) == ("started", True, True)


def test_a_terminated_project_covers_nothing(store):
    add_event(store, "p1", "terminated", on_date=date(2019, 6, 1), actor="t", at=AT)
    row = attached_projects(store, resolve_region(store, "370100"), "tiny").iloc[0]
    assert (row.nominal, row.effective) == (False, False)


@pytest.fixture
def unregistered(store, chain):
    """The state where no project was ever recorded."""
    with store.write() as cursor:
        for table in ("project", "project_event", "project_segment"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - one of the three above
    return chain_state(store, chain, read_context(store), load_cube(store, [chain]))


def test_where_no_project_was_ever_recorded_coverage_is_unknown_everywhere(store, chain, unregistered):
    assert unregistered.labels[["nominal", "effective"]].isna().all(axis=None)
    assert unregistered.coverage.table[["n_nominal", "n_effective", "nominal_share"]].isna().all(axis=None)
    assert unregistered.gaps.openness.isna().all()
    assert unregistered.gaps.gap_reason.str.endswith("未导入项目台账，签约情况无数据").all()
    told = unregistered.summary(chain, read_context(store))
    assert told.endswith("缺口 1 个；未导入项目台账，名义覆盖与有效覆盖无数据。")


def test_where_a_register_names_projects_of_other_places_only_there_is_none_here(store, chain):
    with store.write() as cursor:
        cursor.execute("UPDATE project SET adcode = '420300'")
    state = chain_state(store, chain, read_context(store), load_cube(store, [chain]))
    assert state.labels.nominal.tolist() == [0, 0, 0]
    assert "签约项目名义覆盖 0 个" in state.summary(chain, read_context(store))


def test_an_undone_register_is_none(store, chain, tmp_path):
    with store.write() as cursor:
        cursor.execute("DELETE FROM project")
    assert not has_register(store)
    (tmp_path / "p.csv").write_text("项目名称,所在地\n甲项目,济南市\n", encoding="utf-8")
    report = import_file(store, tmp_path / "p.csv", "projects", as_of="2019-05-01")
    assert has_register(store)
    undo(store, report.batch_id)
    assert not has_register(store)


def test_the_workbook_of_a_catalogue_says_that_no_register_was_imported(store, chain, unregistered):
    context = read_context(store)
    ranked = partial(targets_of, store, chain, context=context)
    keys = best_keys(ranked, unregistered, n_gaps=1, per_gap=1)
    content = catalogue_content(store, chain, context, unregistered, ranked, keys, AT)
    book = openpyxl.load_workbook(BytesIO(catalogue_workbook(content)))
    assert book["签约项目"]["A3"].value == "未导入项目台账，无数据"
    assert {cell.value for cell in book["已签约覆盖"]["D"][2:]} == {"无数据"}
    assert {cell.value for cell in book["缺口清单"]["L"][2:]} == {"无数据"}  # 未被覆盖


def test_projects_of_other_regions_do_not_count(store):
    assert attached_projects(store, resolve_region(store, "420300"), "tiny").empty


def test_events_of_unknown_projects_stages_and_future_dates_are_refused(store):
    with pytest.raises(UnknownProject, match="没有编号为 nobody 的项目"):
        add_event(store, "nobody", "signed", on_date=date(2019, 1, 1), actor="t", at=AT)
    with pytest.raises(WrongEvent, match="不认识的阶段"):
        add_event(store, "p1", "signd", on_date=date(2019, 1, 1), actor="t", at=AT)
    with pytest.raises(WrongEvent, match="晚于今天"):
        add_event(store, "p1", "started", on_date=date(2027, 1, 1), actor="t", at=AT)


def test_a_project_is_attached_by_the_longest_keyword_of_its_chain_in_its_name(store):
    words = {
        "segments": [
            segment_fields("axle", name="车桥", keywords=["桥", "车桥"]),
            segment_fields("bridge", keywords=["桥架"]),
        ]
    }
    cars = tiny_chain(id="cars", name="汽车零部件", edges=[], stages=[{"id": "up", "name": "上游"}], **words)
    with store.write() as cursor:
        for number, (name, industry) in enumerate(
            [("海乾车桥", "汽车零部件"), ("车桥", "精品钢"), ("某厂扩能", "汽车零部件")]
        ):
            cursor.execute(
                "INSERT INTO project (project_id, name, industry_text, source_id, as_of) VALUES (?, ?, ?, 's', '2019-05-01')",
                [f"n{number}", name, industry],
            )
    found = projects_by_name(store, [cars])
    assert found[["project_id", "segment_id", "evidence"]].values.tolist() == [["n0", "axle", "项目名称含“车桥”"]]


def test_targets_come_from_elsewhere_and_larger_firms_first(store, chain):
    found = targets_of(store, chain, "part", read_context(store))
    assert len(found) == 20
    assert not found.firm_id.str.startswith("370100").any()
    shiyan = found[found.city_code == "420300"]
    assert shiyan.firm_id.tolist()[0] == "420300-12"


def test_an_abolished_home_counts_the_firms_registered_there(store):
    assert load_local(store, resolve_region(store, "371200")).totals.n_firms.tolist() == [0]


def test_draft_keeps_order_refuses_doubles_and_forgets_what_is_removed(store, chain):
    assert add_items(store, chain, "370100", [("part", "420300-2")], actor="t", at=AT).new == 1
    assert add_items(store, chain, "370100", [("part", "420300-1")], actor="t", at=AT).new == 1
    assert (
        add_items(store, chain, "370100", [("part", "420300-2")], actor="t", at=AT).told
        == "已加入 0 家，1 家原已在目录中。"
    )
    assert draft_keys(store, chain, "370100").firm_id.tolist() == ["420300-2", "420300-1"]
    remove_items(store, chain, "370100", [("part", "420300-2")], actor="t", at=AT)
    assert draft_keys(store, chain, "370100").firm_id.tolist() == ["420300-1"]


def test_catalogue_lists_the_best_targets_of_the_gaps_and_freezes_them(store, chain, state):
    context = read_context(store)
    keys = best_keys(partial(targets_of, store, chain, context=context), state, n_gaps=3, per_gap=2)
    content = catalogue_content(
        store, chain, context, state, partial(targets_of, store, chain, context=context), keys, AT
    )
    assert content.items.segment_id.unique().tolist() == ["part"]
    assert content.items.position.tolist() == [1, 2]
    assert content.items.reason.str.contains("依据：制造").all()
    first = freeze(store, chain, context, content, actor="t", at=AT)
    second = freeze(store, chain, context, content, actor="t", at=AT)
    assert (first.version, second.version) == (1, 2)
    assert first.content_sha256 == second.content_sha256 == content_hash(content.items)
    assert versions(store, chain, "370100").n_items.tolist() == [2, 2]


def test_a_firm_that_is_no_target_is_left_out_of_the_catalogue_and_named(store, chain, state):
    context = read_context(store)
    ranked = partial(targets_of, store, chain, context=context)
    with pytest.raises(EmptyCatalogue):
        catalogue_content(store, chain, context, state, ranked, draft_keys(store, chain, "370100"), AT)
    add_items(store, chain, "370100", [("powder", "370100-1")], actor="t", at=AT)
    with pytest.raises(EmptyCatalogue):
        catalogue_content(store, chain, context, state, ranked, draft_keys(store, chain, "370100"), AT)
    add_items(store, chain, "370100", [("part", "420300-2")], actor="t", at=AT)
    content = catalogue_content(store, chain, context, state, ranked, draft_keys(store, chain, "370100"), AT)
    assert content.items.firm_id.tolist() == ["420300-2"]
    assert content.left_out == ("370100第1厂（powder）不是候选目标：在本地、未确认，或数据已更新",)


def test_a_branch_without_a_day_and_a_segment_without_a_gap_are_said_in_words(store, chain, state):
    with store.write() as cursor:
        cursor.execute(
            "INSERT INTO relation VALUES (NULL, '420100-1', '420300-30', 'branch', '名称', NULL, 's', '2019-05-01')"
        )
    context = read_context(store)
    ranked = partial(targets_of, store, chain, context=context)
    add_items(store, chain, "370100", [("press", "420100-1")], actor="t", at=AT)
    [row] = catalogue_content(
        store, chain, context, state, ranked, draft_keys(store, chain, "370100"), AT
    ).items.itertuples()
    assert (row.expansion_text, row.action) == (
        "登记外地分支或投资企业 1 家（来源：企业登记数据，截至 2019-05-01）",
        "非缺口",
    )


def test_context_names_region_date_and_source(store):
    assert read_context(store).caption == "山东省济南市 · 数据截至 2019-05-01 · 来源：测试来源"


def test_a_project_event_changes_the_facts_and_a_list_changes_only_the_lists(store, chain):
    before = data_versions(store)
    add_event(store, "p1", "started", on_date=date(2019, 6, 1), actor="t", at=AT)
    event = data_versions(store)
    assert (event.firms == before.firms, event.facts == before.facts) == (True, False)
    add_items(store, chain, "370100", [("part", "420300-2")], actor="t", at=AT)
    listed = data_versions(store)
    assert (listed.facts == event.facts, listed.lists == event.lists) == (True, False)


def test_a_chain_never_matched_says_what_to_do(store):
    with pytest.raises(NotMatched, match="还没有与企业匹配；请先运行 match"):
        load_cube(store, [tiny_chain(id="other")])


def test_an_empty_store_says_what_to_do(tmp_path):
    with open_store(tmp_path / "empty.duckdb") as empty:
        with pytest.raises(NoHome, match="还没有设定本地区域"):
            read_context(empty)
        with pytest.raises(NoData, match="库里还没有企业数据"):
            read_context(empty, "370100")


def test_a_chain_that_waits_for_matching_does_not_stop_the_others(store, chain):
    other = tiny_chain(id="other")
    cube = load_cube(store, [other, chain])
    assert [counted.id for counted in cube.chains] == ["tiny"]
    assert len(chain_state(store, chain, read_context(store), cube).labels) == 3
    with pytest.raises(NotMatched, match="还没有与企业匹配"):
        chain_state(store, other, read_context(store), cube)
