"""Weights as people write them on a command line: a saved name, a list of part=weight, or a file of it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

import yaml

from analysis.scoring import WeightError
from data.store import Store
from services.saved_weights import PARTS, find_weights

FILES = (".json", ".yaml", ".yml")


def read_weights(store: Store, kind: str, text: str, default: Mapping[str, float]) -> dict[str, float]:
    """Weights of a kind (``services.saved_weights.PARTS``).

    Parameters
    ----------
    text : the name of a saved set, ``part=weight,part=weight`` (parts in English or Chinese), or the path of a JSON or
        YAML file of the same
    default : weights of the parts that the text does not name; a saved set names all that count

    Raises
    ------
    UnknownWeights : no such saved set; WeightError : a part that does not exist, a weight that is no number, negative or
        all zero, a file that cannot be read. The messages name the culprit and what is possible.
    """
    if text.strip().lower().endswith(FILES):
        return dict(default) | _checked(_read_file(Path(text.strip())), PARTS[kind])
    if "=" in text or "＝" in text:
        return dict(default) | _checked(_read_list(text), PARTS[kind])
    return dict(find_weights(store, kind, text).weights)


def weights_text(weights: Mapping[str, float], names: Mapping[str, str]) -> str:
    """Weights in words.

    >>> weights_text({"fit": 0.3, "size": 0.25}, {"fit": "匹配度", "size": "实力"})
    '匹配度 0.3，实力 0.25'
    """
    return "，".join(f"{names[part]} {weight:g}" for part, weight in weights.items())


def _read_list(text: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for pair in text.replace("，", ",").replace("＝", "=").strip(", ").split(","):
        part, sign, weight = (piece.strip() for piece in pair.partition("="))
        if not sign:
            raise WeightError(f"权重里的“{pair.strip()}”不是“项=权重”；写法如 criticality=0.4,demand_pull=0.3")
        found[part] = weight
    return found


def _read_file(path: Path) -> dict[str, object]:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WeightError(f"权重文件 {path.name} 读不出来：应为 UTF-8 的 JSON 或 YAML（{error}）") from error
    if not isinstance(found, dict):
        raise WeightError(f"权重文件 {path.name} 应是“项: 权重”的对应表，如 criticality: 0.4")
    return {str(part): weight for part, weight in found.items()}


def _checked(given: Mapping[str, object], names: Mapping[str, str]) -> dict[str, float]:
    english = {word: part for part, word in names.items()} | {part: part for part in names}
    return {_part(part, english, names): _weight(part, weight) for part, weight in given.items()}


def _part(asked: str, english: Mapping[str, str], names: Mapping[str, str]) -> str:
    if asked in english:
        return english[asked]
    near = get_close_matches(asked, english, 1)
    known = "、".join(f"{part}（{word}）" for part, word in names.items())
    raise WeightError(f"权重里没有“{asked}”这一项；{f'是否为“{near[0]}”？' if near else ''}可用的是：{known}")


def _weight(part: str, given: object) -> float:
    try:
        weight = float(str(given))
    except ValueError as error:
        raise WeightError(f"“{part}”的权重“{given}”不是数字；应为 0 以上的数，如 0.3") from error
    if not 0 <= weight < float("inf"):
        raise WeightError(f"“{part}”的权重“{given}”应为 0 以上的数，如 0.3")
    return weight
