"""The visual language in one place: colours, shapes, type and spacing.

Every text colour here reaches a contrast of 4.5 : 1 (WCAG AA) on every ground it is used on; labels differ by colour,
shape and letter, and the colours keep apart for red-green blind eyes (blue against orange and brick, grey aside).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chains.words import LABELS

FONTS: tuple[str, ...] = (
    "PingFang SC", "Microsoft YaHei", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
    "WenQuanYi Micro Hei", "SimHei",
)  # fmt: skip
"""Fonts of the pages and sheets, the first that a machine has."""
FONT = ", ".join(f'"{name}"' for name in FONTS) + ", sans-serif"

COLOURS: Mapping[str, str] = {
    "ink": "#16202c",
    "text": "#26323f",
    "quiet": "#55626f",
    "line": "#d9e0e8",
    "line-soft": "#e8edf2",
    "ground": "#f4f6f9",
    "card": "#ffffff",
    "brand": "#0f4c81",
    "brand-deep": "#0b3861",
    "brand-tint": "#e9f1f8",
    "accent": "#a8321f",
    "supplier": "#0f6e62",
    "user": "#7a3e9d",
    "good": "#0f6e62",
    "warn": "#8a5200",
}


@dataclass(frozen=True)
class LabelStyle:
    """How one of the five labels looks: word, letter, shape, and colours of mark, ground and line."""

    word: str
    letter: str
    shape: str
    solid: str
    tint: str
    line: str


LABEL_STYLES: Mapping[str, LabelStyle] = {
    "strong": LabelStyle(LABELS["strong"], "优", "circle", "#0b4f8a", "#e6f0f9", "#7fabd3"),
    "fair": LabelStyle(LABELS["fair"], "般", "square", "#3f6b7d", "#edf3f5", "#a5bcc6"),
    "weak": LabelStyle(LABELS["weak"], "弱", "triangle", "#8f5300", "#fdf3e0", "#e0ac55"),
    "missing": LabelStyle(LABELS["missing"], "缺", "diamond", "#a3261d", "#fdecea", "#db8179"),
    "unknown": LabelStyle(LABELS["unknown"], "？", "ring", "#5b6673", "#f5f6f8", "#b3bcc7"),
}

DARK: Mapping[str, str] = {
    "ground": "#0b1622",
    "card": "#14243a",
    "ink": "#f4f8fb",
    "text": "#e3ebf2",
    "quiet": "#b4c3d1",
    "line": "#3b5069",
    "strong": "#74b6f3",
    "fair": "#9fc6d6",
    "weak": "#ffbc54",
    "missing": "#ff9086",
    "unknown": "#b8c2cd",
}
"""The same for the big screen: light on dark; letters inside marks are of the ground's colour."""

MAP_ZERO = "#f7f9fb"
MAP_RAMP: tuple[str, ...] = ("#dceaf6", "#aecde8", "#76a9d4", "#3b7ab4", "#0b4a82")
"""Areas of a region map by number: none, and from few to many; each step is darker for every eye."""
MAP_LABELS: Mapping[str, str] = {
    "strong": "#0b4f8a", "fair": "#9dbccb", "weak": "#f0c987", "missing": "#cf6a5f", "unknown": "#dfe3e8",
}  # fmt: skip
"""Areas of a region map by label."""

SHAPE_POINTS: Mapping[str, str] = {
    "triangle": "50% 0%, 100% 96%, 0% 96%",
    "diamond": "50% 0%, 100% 50%, 50% 100%, 0% 50%",
}


def label_style(label: str) -> LabelStyle:
    """The style of a label. Raises KeyError for a word that is no label."""
    return LABEL_STYLES[label]


def css_variables() -> str:
    """The colours as custom properties of the page, for the style sheet and the map."""
    lines = [f"--{name}: {value};" for name, value in COLOURS.items()]
    for key, style in LABEL_STYLES.items():
        lines += [f"--{key}: {style.solid};", f"--{key}-tint: {style.tint};", f"--{key}-line: {style.line};"]
    lines.append(f"--font: {FONT};")
    dark = "".join(f" --{name}: {value};" for name, value in DARK.items())
    return ":root {\n  " + "\n  ".join(lines) + "\n}\n" + f".lt-kiosk {{{dark} }}\n"


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two #rrggbb colours (WCAG 2.2): (L1 + 0.05) / (L2 + 0.05), 1–21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
