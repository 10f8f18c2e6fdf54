"""Names and headers from files stay text wherever they are shown."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from data.settings import set_home
from pages import cached
from pages.components.html import plain
from tests.pages.conftest import Visit, notices, text_of

HOSTILE = "**x** [y](http://z) <b>b</b><img src=x onerror=alert(1)>"
SAFE = "**x** [y](http://z) &lt;b&gt;b&lt;/b&gt;&lt;img src=x onerror=alert(1)&gt;"


def test_a_header_of_a_file_is_said_as_it_is(empty_database, visit):
    set_home(cached.store(), "370117")
    app = visit("data_admin")

    app.file_uploader(key="import_file").set_value(("x.csv", f"{HOSTILE},乙\n1,2\n".encode(), "text/csv")).run()

    assert not app.exception
    (said,) = notices(app, "failed")
    assert SAFE in said
    assert markdown_of(app) == []


def test_names_of_firms_and_projects_are_shown_as_they_are(database, visit):
    store = cached.store()
    firm, project = "91HOSTILE0000000001", "p-hostile"
    with store.write() as cursor:
        cursor.execute(
            "INSERT INTO firm (firm_id, name, scope, address, as_of, n_records) VALUES (?, ?, ?, ?, '2026-09-30', 1)",
            [firm, HOSTILE, HOSTILE, HOSTILE],
        )
        cursor.execute(
            "INSERT INTO project (project_id, name, place, unit, adcode, firm_id, source_id, as_of) "
            "SELECT ?, ?, ?, ?, adcode, ?, source_id, as_of FROM project LIMIT 1",
            [project, HOSTILE, HOSTILE, HOSTILE, firm],
        )

    for app in (visit("firm", firm=firm), visit("firm", q="**x**"), visit("projects", q="**x**", project=project)):
        assert not app.exception
        assert SAFE in text_of(app)
        assert HOSTILE not in text_of(app)
        assert markdown_of(app) == []


def test_a_label_of_a_button_is_no_markdown(database, visit: Visit, monkeypatch: pytest.MonkeyPatch):
    chain = cached.chains()[0]
    segment = chain.segments[0].model_copy(update={"name": HOSTILE})
    monkeypatch.setattr("pages.firm.segment_of_address", lambda: (chain, segment))
    firm = cached.store().rows("SELECT firm_id FROM firm ORDER BY firm_id LIMIT 1")[0][0]

    app = visit("firm", firm=firm)

    assert f"加入招商目录（{plain(HOSTILE)}）" in [one.label for one in app.button]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("轴承", "轴承"),
        ("**x**", r"\*\*x\*\*"),
        ("<b>", r"\<b\>"),
        ("http://z", "http\\:\u2060\\/\\/z"),
        ("www.z.cn", "www\u2060\\.z\\.cn"),
        (":red[x]", "\\:\u2060red\\[x\\]"),
    ],
)
def test_every_sign_of_markdown_is_taken_for_itself(given, shown):
    assert plain(given) == shown


def markdown_of(app: AppTest) -> list[str]:
    """What the page gives Streamlit to read as Markdown."""
    boxes = [*app.markdown, *app.caption, *app.error, *app.warning, *app.success, *app.info]
    return [one.value for one in boxes]
