"""A page says when it is drawn to its end, every drawing by a name of its own."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import ENTRY, text_of


def drawing(app: AppTest) -> list[str]:
    return re.findall(r'data-drawing="([0-9a-f]+)"', text_of(app))


def test_every_complete_drawing_has_a_name_of_its_own(demo):
    app = AppTest.from_file(str(ENTRY), default_timeout=60).run()
    first = drawing(app)
    second = drawing(app.run())

    assert len(first) == len(second) == 1
    assert first != second


def test_a_page_that_a_known_error_ended_is_complete_too(empty_database):
    app = AppTest.from_file(str(ENTRY), default_timeout=60).run()

    assert "还差一步" in text_of(app) or "data_admin" in text_of(app)
    assert len(drawing(app)) == 1
