"""Chain packages that people save: in force at once, refused whole, nothing lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import yaml

from chains.load import ChainInvalid, load_all, load_chain
from chains.model import Chain
from chains.write import chain_yaml
from services.batches import match_runs
from services.context import data_versions
from services.packages import (
    NoChain,
    PackageRefused,
    UnknownChain,
    in_use,
    installed,
    installed_chain,
    package_versions,
    read_draft,
    save_version,
    use_chains,
    version_of,
)
from tests.chains.tiny import chain_fields, segment_fields
from tests.services.conftest import AT


def text(**changes: Any) -> str:
    return yaml.safe_dump(chain_fields(**changes), allow_unicode=True, sort_keys=False)


def save(store, minute: int = 0, reason: str = "换关键词", **changes: Any):
    return save_version(store, text(**changes), actor="甲", reason=reason, at=AT + timedelta(minutes=minute))


def test_a_saved_chain_is_in_force_beside_the_shipped_ones(store):
    save(store)
    assert [chain.id for chain in installed(store)] == sorted([*(chain.id for chain in load_all()), "tiny"])
    assert installed_chain(store, "小链").version == "1.0.0"


def test_the_version_saved_last_is_in_force_and_the_earlier_stays_to_be_read(store):
    save(store)
    save(store, 1, version="1.1.0", name="小小链")
    assert installed_chain(store, "tiny").name == "小小链"
    assert package_versions(store, "tiny").version.tolist() == ["1.1.0", "1.0.0"]
    assert version_of(store, "tiny", "1.0.0").name == "小链"


def test_a_shipped_chain_is_replaced_by_the_version_that_people_saved(store):
    shipped = load_chain("powder_metallurgy")
    fields = shipped.model_dump(mode="json") | {"version": "9.0.0"}
    saved = save_version(store, yaml.safe_dump(fields, allow_unicode=True), actor="甲", reason="改", at=AT)
    assert installed_chain(store, shipped.id).version == saved.version == "9.0.0"
    assert version_of(store, shipped.id, shipped.version) == shipped


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"version": "0.9.0"}, "版本号 0.9.0 应高于现用的 1.0.0"),
        ({"version": "1.0.0"}, "版本号 1.0.0 应高于现用的 1.0.0"),
        ({"version": "1.1.0", "edges": []}, "没有任何供应关系"),
        ({"version": "1.1.0", "reason": "  "}, "请写明修改原因"),
    ],
)
def test_a_version_that_breaks_a_rule_is_not_saved(store, changes, reason):
    save(store)
    with pytest.raises(PackageRefused, match=reason):
        save(store, 1, **changes)
    assert package_versions(store, "tiny").version.tolist() == ["1.0.0"]


def test_a_segment_that_facts_refer_to_cannot_be_dropped(store):
    """p1 of the store is attached to press."""
    segments = [segment_fields("powder"), segment_fields("part", stage="mid")]
    edges = [{"supplier": "powder", "user": "part", "weight": 0.6, "source": "common"}]
    assert "环节 id press 已被引用，新版本里却没有" in read_draft(store, text(segments=segments, edges=edges)).findings


def test_a_segment_of_another_chain_cannot_be_taken(store):
    other = load_all()[0].segments[0].id
    assert any(other in said for said in read_draft(store, text(segments=[segment_fields(other)])).findings)


def test_a_text_that_is_no_package_says_line_and_reason(store):
    with pytest.raises(ChainInvalid, match=r"草稿.yaml 第 \d+ 行：缺少字段 name"):
        read_draft(store, "id: tiny\nversion: 1.0.0\n")


def test_saving_makes_the_matching_stale_and_renews_every_figure(store):
    before = data_versions(store)
    save(store)
    assert not match_runs(store).stale.any()  # the same version as was matched
    save(store, 1, version="1.1.0")
    assert match_runs(store).stale.tolist() == [True]
    assert data_versions(store).firms != before.firms


def test_an_unknown_chain_names_the_known_ones(store):
    with pytest.raises(UnknownChain, match=r"没有产业链“x”；可用：.*auto_parts（汽车零部件）"):
        installed_chain(store, "x")


def test_every_save_is_in_the_audit_record(store):
    save(store)
    assert store.rows("SELECT actor, detail FROM audit_event WHERE action = 'chain_save'") == [
        ("甲", "tiny 1.0.0：换关键词")
    ]


def test_the_chains_in_use_are_all_until_some_are_chosen(store):
    save(store)
    assert in_use(store) == installed(store)
    before = data_versions(store)
    use_chains(store, ["tiny"], actor="甲", at=AT)
    assert [chain.id for chain in in_use(store)] == ["tiny"]
    assert data_versions(store).firms != before.firms
    assert len(installed(store)) > 1


@pytest.mark.parametrize(("chosen", "error"), [(["nowhere"], UnknownChain), ([], NoChain)])
def test_chains_that_are_not_there_or_none_at_all_cannot_be_chosen(store, chosen, error):
    with pytest.raises(error):
        use_chains(store, chosen, actor="甲", at=AT)
    assert in_use(store) == installed(store)


def test_who_saves_on_an_overtaken_version_is_told_who_was_quicker(store):
    save(store)
    save(store, 1, version="1.1.0", reason="补词")
    for version in ("1.1.0", "1.2.0"):
        with pytest.raises(
            PackageRefused, match=r"甲 在 2026-01-02 08:01 已保存 1\.1\.0（补词），而这份修改是在 1\.0\.0 上做的"
        ):
            save_version(store, text(version=version), actor="乙", reason="删词", at=AT, based_on="1.0.0")
    saved = save_version(store, text(version="1.2.0"), actor="乙", reason="删词", at=AT, based_on="1.1.0")
    assert saved.version == "1.2.0"


def test_what_a_chain_shares_follows_the_version_that_people_saved(store):
    save(store)
    borrowed = {"id": "our_powder", "package": "tiny", "segment": "powder", "stage": "up"}
    ids = {"id": "other", "name": "他链"}
    segments = [segment_fields("cup"), segment_fields("lid", stage="mid")]
    pairs = [("our_powder", "cup"), ("cup", "lid")]
    edges = [{"supplier": a, "user": b, "weight": 0.5, "source": "common"} for a, b in pairs]
    other = Chain.model_validate(chain_fields(**ids, segments=segments, edges=edges, shared=[borrowed]))
    with store.write() as cursor:
        row = ["other", "1.0.0", chain_yaml(other), "新链", "甲", AT]
        cursor.execute("INSERT INTO chain_version VALUES (?, ?, ?, ?, ?, ?)", row)
    assert installed_chain(store, "other").segment("our_powder").keywords == ("powder",)

    changed = [segment_fields("powder", keywords=["新粉"]), *chain_fields()["segments"][1:]]
    save(store, 1, version="1.1.0", segments=changed)

    assert installed_chain(store, "other").segment("our_powder").keywords == ("新粉",)
    assert installed_chain(store, "other").segment("our_powder").shared_from == "tiny.powder"
    gone = [segment_fields("press"), segment_fields("part", stage="mid")]
    said = read_draft(store, text(version="1.2.0", segments=gone)).findings
    assert "环节 id powder 被产业链“他链”引用，新版本里却没有" in said
