"""A place works on the chains that it chose; the others wait, with what is known of them."""

from __future__ import annotations

from tests.pages.conftest import notices, text_of


def test_chains_that_are_not_chosen_leave_the_pages_and_come_back(database, visit):
    app = visit("data_admin")
    app.multiselect(key="chains_in_use").set_value(["auto_parts"]).run()
    app.button(key="chains_save").click().run()

    assert "在用的产业链：汽车零部件。" in notices(app, "done")[0]
    assert "粉末冶金" not in text_of(visit("overview"))
    app.multiselect(key="chains_in_use").set_value(["auto_parts", "powder_metallurgy"]).run()
    app.button(key="chains_save").click().run()
    assert "粉末冶金" in text_of(visit("overview"))


def test_no_chain_at_all_cannot_be_chosen(database, visit):
    app = visit("data_admin")
    app.multiselect(key="chains_in_use").set_value([]).run()
    app.button(key="chains_save").click().run()

    assert "请至少选一条产业链" in notices(app, "failed")[0]
    assert "装配式建筑" in text_of(visit("overview"))
