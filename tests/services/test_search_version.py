"""When the firms in memory are read anew: after imports that say something of firms, and after no others."""

from __future__ import annotations

import pytest

from services.known_firms import known_version
from services.search import texts_version

BATCH = """
    INSERT INTO import_batch
    SELECT ?, ?, 'x', 'x', 's', '2019-05-01', TIMESTAMP '2026-10-02 09:00:00', '甲', '{}', 1, 1, 0, 0, NULL, NULL
"""


@pytest.mark.parametrize(
    ("kind", "reads_texts", "reads_facts"),
    [("firms", True, True), ("tags", False, True), ("relations", False, True), ("projects", False, False), ("sites", False, False)],
)  # fmt: skip
def test_an_import_has_read_anew_what_it_may_have_changed(store, kind, reads_texts, reads_facts):
    texts, facts = texts_version(store), known_version(store)
    with store.write() as cursor:
        cursor.execute(BATCH, [f"new-{kind}", kind])

    assert (texts_version(store) != texts) == reads_texts
    assert (known_version(store) != facts) == reads_facts
