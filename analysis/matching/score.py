"""From signals to a calibrated score: a logistic sum whose weights were fitted on labelled pairs.

``benchmarks/fit_matching.py`` fits and prints the weights; every signal's part can be read off the table.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.matching.heads import (
    AGENT,
    CHEMICAL,
    COMPOUND,
    DEFINED,
    EQUIPMENT,
    EXCEPTED,
    FORM,
    MODIFIER,
    OTHER,
    PART,
    PLACE,
    QUALIFIED,
    SERVICE,
    TECHNOLOGY,
    WASTE,
    WORKS,
)
from analysis.matching.relations import (
    ABSENT,
    BARE,
    BRACKET_SHIFT,
    BUILT,
    DEVELOPED,
    DONE,
    HEAD_SHIFT,
    LISTED_PRODUCT,
    OPERATED,
    PREFIX_SHIFT,
    REFUSED,
    SELFMADE,
    SERVED,
    SOLD,
)
from analysis.matching.signals import BRANCH_NAME, MAKER_NAME, OUTLET_NAME, PLAIN_NAME, TRADER_NAME

Floats = npt.NDArray[np.float64]

#: Below and above these scores a pair is rejected and confirmed; between them it is uncertain.
REJECTED_BELOW, CONFIRMED_FROM = 0.35, 0.6

_POSITIVE = (DONE, DEVELOPED)


def features(pairs: pl.DataFrame) -> dict[str, npt.NDArray[np.bool_]]:
    """The signals of pairs (code, named, coded, name_class, makes, serves, ore), each a column of truth values."""
    code = pairs["code"].fill_null(0).to_numpy().astype(np.int64)
    relation, head = code & 15, code >> HEAD_SHIFT & 15
    prefix = code >> PREFIX_SHIFT & 7
    name = pairs["name_class"].to_numpy()
    named, makes = pairs["named"].to_numpy(), pairs["makes"].to_numpy()
    serves = pairs["serves"].to_numpy()
    bare = np.isin(relation, (BARE, OPERATED)) & ~serves
    bracket = (code >> BRACKET_SHIFT & 1) > 0
    positive = np.isin(relation, _POSITIVE)
    trading_name = np.isin(name, (TRADER_NAME, BRANCH_NAME, OUTLET_NAME))
    return {
        "done": relation == DONE,
        "developed": relation == DEVELOPED,
        "self_made": relation == SELFMADE,
        "bare": bare,
        "served_bare": np.isin(relation, (BARE, OPERATED)) & serves,
        "sold": relation == SOLD,
        "built": relation == BUILT,
        "served": relation == SERVED,
        "refused": relation == REFUSED,
        "absent": relation == ABSENT,
        "product": relation == LISTED_PRODUCT,
        "coded": pairs["coded"].to_numpy(),
        "head_defined": head == DEFINED,
        "head_part": head == PART,
        "head_form": head == FORM,
        "head_thing": np.isin(head, (EQUIPMENT, CHEMICAL)) & ~(serves & (relation == DONE) & bracket),
        "head_other": np.isin(head, (OTHER, PLACE)),
        "head_modifier": (head == MODIFIER) & positive,
        "head_technology": head == TECHNOLOGY,
        "head_activity": np.isin(head, (WORKS, SERVICE)) & ~serves,
        "head_service": np.isin(head, (WORKS, SERVICE)) & serves,
        "head_agent": head == AGENT,
        "altered": np.isin(prefix, (WASTE, COMPOUND, EXCEPTED)),
        "qualified": prefix == QUALIFIED,
        "ore": pairs["ore"].to_numpy() & positive,
        "in_bracket": bracket & ~serves,
        "positive_named": positive & named,
        "positive_maker_name": positive & (name == MAKER_NAME),
        "positive_trading_name": positive & trading_name,
        "positive_outlet": positive & (name == OUTLET_NAME) & ~serves,
        "bare_named": bare & named & ~trading_name,
        "bare_maker_name": bare & (name == MAKER_NAME),
        "bare_plain_name": bare & (name == PLAIN_NAME),
        "bare_makes": bare & makes & ~trading_name,
        "other_named": named & makes & ~positive & ~bare & ~trading_name & (relation != ABSENT),
        "absent_maker": (relation == ABSENT) & makes & ~trading_name,
    }


#: What one would expect before seeing a label; the fit departs from it only as far as labels ask.
PRIOR: dict[str, float] = {
    "": -2.0,
    "done": 5.0,
    "developed": 4.5,
    "self_made": 1.5,
    "bare": -0.8,
    "served_bare": 1.5,
    "sold": -3.0,
    "built": -3.0,
    "served": -2.0,
    "refused": -5.0,
    "absent": -0.5,
    "absent_maker": 2.2,
    "product": 5.0,
    "coded": 2.0,
    "head_part": -1.8,
    "head_form": -1.5,
    "head_thing": -4.0,
    "head_other": -2.5,
    "head_modifier": -6.0,
    "head_technology": -2.0,
    "head_activity": -4.0,
    "head_agent": -7.0,
    "altered": -4.0,
    "qualified": -3.5,
    "ore": -5.0,
    "in_bracket": -0.5,
    "bare_named": 1.5,
    "bare_maker_name": 2.0,
    "bare_makes": 0.5,
    "other_named": 1.5,
    "positive_outlet": -4.0,
}

#: Fitted on all labelled pairs by benchmarks/fit_matching.py.
WEIGHTS: dict[str, float] = {
    "": -1.86,
    "done": 5.32,
    "developed": 4.35,
    "self_made": 1.68,
    "bare": -2.13,
    "served_bare": 1.67,
    "sold": -3.53,
    "built": -3.43,
    "served": -1.76,
    "refused": -3.33,
    "absent": -0.50,
    "product": 5.00,
    "coded": 2.00,
    "head_defined": 0.56,
    "head_part": -4.01,
    "head_form": -2.90,
    "head_thing": -4.74,
    "head_other": -0.58,
    "head_modifier": -6.00,
    "head_technology": -2.86,
    "head_activity": -4.90,
    "head_service": -0.01,
    "head_agent": -5.50,
    "altered": -4.82,
    "qualified": -5.24,
    "ore": -5.28,
    "in_bracket": 1.13,
    "positive_named": 0.81,
    "positive_maker_name": 1.10,
    "positive_trading_name": -1.75,
    "positive_outlet": -4.00,
    "bare_named": 2.48,
    "bare_maker_name": 3.58,
    "bare_plain_name": -0.56,
    "bare_makes": 1.68,
    "other_named": 2.59,
    "absent_maker": 2.20,
}


def score(pairs: pl.DataFrame, weights: dict[str, float] | None = None) -> Floats:
    """Probability (0–1) that the firm belongs to the segment."""
    weights = WEIGHTS if weights is None else weights
    total = np.full(len(pairs), weights.get("", 0.0))
    for name, column in features(pairs).items():
        if weight := weights.get(name, 0.0):
            total += weight * column
    return 1.0 / (1.0 + np.exp(-total))


def verdicts(scores: Floats) -> pl.Series:
    """confirmed, uncertain or rejected."""
    words = np.where(scores >= CONFIRMED_FROM, 2, np.where(scores >= REJECTED_BELOW, 1, 0))
    return pl.Series("verdict", words).replace_strict(
        {0: "rejected", 1: "uncertain", 2: "confirmed"}, return_dtype=pl.String
    )
