"""The chain with what is signed: each project counts once where it is attached, unless its firm is there already."""

from __future__ import annotations

import pytest

from services.context import read_context
from services.presence import load_cube
from services.signed import with_signed
from services.whatif import ground_of


@pytest.fixture
def ask(store, chain):
    def asked(*statements: str):
        with store.write() as cursor:
            for statement in statements:
                cursor.execute(statement)
        context = read_context(store)
        ground = ground_of(store, chain, context, load_cube(store, [chain]))
        return with_signed(store, context.home, ground)

    return asked


def local(found) -> dict[str, int]:
    return found.after.labels.set_index("segment_id").n_local.to_dict()


def test_a_signed_project_counts_as_one_firm_and_as_begun(ask):
    # the store's only project is signed, without a firm, attached to press
    found = ask()

    assert local(found) == {"powder": 1, "press": 1, "part": 0}
    assert found.after.labels.set_index("segment_id").effective.to_dict() == {"powder": 0, "press": 1, "part": 0}
    assert found.after.presence.n_local == found.before.presence.n_local + 1
    assert found.changed.segment_id.tolist()[0] == "press"


def test_the_firm_of_a_project_that_is_here_already_is_not_counted_again(ask):
    found = ask(
        "UPDATE project SET firm_id = '370100-1'",
        "INSERT INTO project_segment VALUES ('p1', 'tiny', 'powder', 't', TIMESTAMP '2026-01-02 08:00:00', '名称', NULL)",
    )

    # 370100-1 makes powder here; it is new in press
    assert local(found) == {"powder": 1, "press": 1, "part": 0}


def test_two_projects_of_one_firm_in_one_segment_are_one_firm(ask):
    found = ask(
        "UPDATE project SET firm_id = '420100-1'",
        "INSERT INTO project (project_id, name, adcode, source_id, as_of, firm_id) VALUES ('p2', '二期', '370117', 's', '2019-05-01', '420100-1')",
        "INSERT INTO project_event VALUES ('p2', 'started', '开工', '2019-01-01', TIMESTAMP '2026-01-02 08:00:00', 't', NULL, 's')",
        "INSERT INTO project_segment VALUES ('p2', 'tiny', 'press', 't', TIMESTAMP '2026-01-02 08:00:00', '名称', NULL)",
    )

    assert local(found)["press"] == 1


@pytest.mark.parametrize("stage", ["operating", "negotiating", "terminated"])
def test_what_produces_is_among_the_firms_and_what_is_not_signed_does_not_count(ask, stage):
    found = ask("UPDATE project_event SET stage = 'new'".replace("new", stage))

    assert local(found) == {"powder": 1, "press": 0, "part": 0}
    assert not found.changes.changed.any()
