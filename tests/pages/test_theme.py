"""The visual language: readable, told apart without colour, and the same in the server's theme."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from chains.words import LABELS
from exports.theme import COLOURS, DARK, LABEL_STYLES, contrast, css_variables, label_style

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
AA = 4.5


def test_contrast_is_21_for_black_on_white_and_1_for_equal_colours():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#808080", "#808080") == 1.0


@pytest.mark.parametrize("label", LABELS)
def test_a_label_reads_on_white_and_on_its_own_ground_and_white_reads_on_it(label):
    style = label_style(label)

    assert contrast(style.solid, "#ffffff") >= AA
    assert contrast(style.solid, style.tint) >= AA
    assert contrast(COLOURS["ink"], style.tint) >= AA
    assert contrast(COLOURS["quiet"], style.tint) >= AA


def test_labels_differ_in_word_letter_and_shape():
    for trait in ("word", "letter", "shape", "solid"):
        assert len({getattr(style, trait) for style in LABEL_STYLES.values()}) == len(LABELS)


def test_text_colours_read_on_the_ground_and_on_cards():
    for name in ("ink", "text", "quiet", "brand", "accent", "supplier", "user", "warn"):
        assert contrast(COLOURS[name], COLOURS["ground"]) >= AA
        assert contrast(COLOURS[name], COLOURS["card"]) >= AA


def test_on_the_big_screen_texts_read_on_dark_and_dark_letters_read_inside_marks():
    for name in ("ink", "text", "quiet", *LABELS):
        assert contrast(DARK[name], DARK["ground"]) >= AA
        assert contrast(DARK[name], DARK["card"]) >= AA


def test_the_servers_theme_has_the_same_colours():
    theme = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]

    assert theme["primaryColor"] == COLOURS["brand"]
    assert theme["backgroundColor"] == COLOURS["ground"]
    assert theme["secondaryBackgroundColor"] == COLOURS["card"]
    assert theme["textColor"] == COLOURS["text"]
    assert theme["borderColor"] == COLOURS["line"]


def test_the_server_calls_nobody_and_exports_nothing_by_itself():
    settings = tomllib.loads(CONFIG.read_text(encoding="utf-8"))

    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"] == {
        "toolbarMode": "minimal", "showErrorDetails": "none", "showErrorLinks": False, "disableDataExport": True,
    }  # fmt: skip
    assert settings["runner"]["postScriptGC"] is False
    assert settings["server"]["address"] == "127.0.0.1"


def test_every_colour_is_a_property_of_the_style_sheet():
    sheet = css_variables()

    assert "--brand: #0f4c81;" in sheet
    assert "--missing-tint: #fdecea;" in sheet
