"""Templates in the store: checked before they are kept, in force for every later file, taken back to the program's own."""

from __future__ import annotations

from datetime import datetime

import pytest

from data.store import open_store
from exports.profiles import PROFILES
from exports.template import usual_template
from exports.yaml_lines import BrokenTemplate
from services import templates
from tests.chains.tiny import tiny_chain

AT = datetime(2026, 11, 23, 9, 0)
INTERNAL = PROFILES["internal"]


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "looks.duckdb") as opened:
        yield opened


def test_a_kept_template_is_in_force_until_it_is_forgotten_and_both_are_recorded(store):
    chain = tiny_chain()
    templates.keep_template(store, INTERNAL, "标题: '{产业链}名录'", actor="甲", at=AT)

    assert templates.templates_of(store, chain, INTERNAL).template.title == "{产业链}名录"
    assert templates.told_of(store, "internal") == (AT, "甲")
    templates.forget_template(store, INTERNAL, actor="甲", at=AT)
    assert templates.templates_of(store, chain, INTERNAL).template == usual_template("internal")
    assert store.rows("SELECT action FROM audit_event ORDER BY action") == [("template_forget",), ("template_keep",)]


def test_a_broken_template_is_not_kept(store):
    with pytest.raises(BrokenTemplate):
        templates.keep_template(store, INTERNAL, "标题: '{没有}'", actor="甲", at=AT)
    with pytest.raises(BrokenTemplate):
        templates.keep_talks(store, tiny_chain(), "各环节: {没有: [a]}", actor="甲", at=AT)

    assert store.rows("SELECT * FROM template") == []


def test_talking_points_belong_to_one_chain(store):
    chain = tiny_chain()
    segment = chain.segments[0]
    templates.keep_talks(store, chain, f"各环节:\n  {segment.name}:\n    - 问产能\n", actor="甲", at=AT)

    assert templates.templates_of(store, chain, INTERNAL).talks.by_segment == {segment.id: ("问产能",)}
    other = chain.model_copy(update={"id": "other"})
    assert templates.templates_of(store, other, INTERNAL).talks.by_segment == {}
