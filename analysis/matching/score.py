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
    ALSO_SOLD,
    BARE,
    BUILT,
    DEVELOPED,
    DONE,
    FLAG_SHIFT,
    HEAD_SHIFT,
    IN_BRACKET,
    KEYWORD_VERB,
    LISTED_PRODUCT,
    OPERATED,
    OWN_VERB,
    PREFIX_SHIFT,
    REFUSED,
    SELFMADE,
    SERVED,
    SOLD,
)
from analysis.matching.signals import BRANCH_NAME, MAKER_NAME, PLAIN_NAME, TRADER_NAME

Floats = npt.NDArray[np.float64]

#: Below and above these scores a pair is rejected and confirmed; between them it is uncertain.
REJECTED_BELOW, CONFIRMED_FROM = 0.35, 0.6

_POSITIVE = (DONE, DEVELOPED)


def features(pairs: pl.DataFrame) -> dict[str, npt.NDArray[np.bool_]]:
    """The signals of pairs (code, named, coded, name_class, makes, serves), each a column of truth values."""
    code = pairs["code"].fill_null(0).to_numpy().astype(np.int64)
    relation, head = code & 15, code >> HEAD_SHIFT & 15
    prefix, flags = code >> PREFIX_SHIFT & 7, code >> FLAG_SHIFT
    name = pairs["name_class"].to_numpy()
    named, makes = pairs["named"].to_numpy(), pairs["makes"].to_numpy()
    serves = pairs["serves"].to_numpy()
    bare = np.isin(relation, (BARE, OPERATED)) & ~serves
    bracket = (flags & IN_BRACKET) > 0
    positive = np.isin(relation, _POSITIVE)
    trading_name = np.isin(name, (TRADER_NAME, BRANCH_NAME))
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
        "head_other": np.isin(head, (OTHER, MODIFIER, PLACE)),
        "head_technology": head == TECHNOLOGY,
        "head_activity": np.isin(head, (WORKS, SERVICE)) & ~serves,
        "head_service": np.isin(head, (WORKS, SERVICE)) & serves,
        "head_agent": head == AGENT,
        "altered": np.isin(prefix, (WASTE, COMPOUND, EXCEPTED)),
        "qualified": prefix == QUALIFIED,
        "in_bracket": bracket & ~serves,
        "own_verb": ((flags & OWN_VERB) > 0) & positive,
        "keyword_verb": (flags & KEYWORD_VERB) > 0,
        "positive_named": positive & named,
        "positive_maker_name": positive & (name == MAKER_NAME),
        "positive_trading_name": positive & trading_name,
        "bare_named": bare & named & ~trading_name,
        "bare_maker_name": bare & (name == MAKER_NAME),
        "bare_plain_name": bare & (name == PLAIN_NAME),
        "bare_makes": bare & makes & ~trading_name,
        "other_named": named & makes & ~positive & ~bare & ~trading_name & (relation != ABSENT),
        "absent_maker": (relation == ABSENT) & makes & ~trading_name,
        "also_sold": ((flags & ALSO_SOLD) > 0) & positive,
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
    "head_part": -1.0,
    "head_form": -1.5,
    "head_thing": -4.0,
    "head_other": -2.5,
    "head_technology": -2.0,
    "head_activity": -4.0,
    "head_agent": -7.0,
    "altered": -3.5,
    "qualified": -1.5,
    "in_bracket": -0.5,
    "bare_named": 1.5,
    "bare_maker_name": 2.0,
    "bare_makes": 0.5,
    "other_named": 1.5,
}

#: Fitted on all labelled pairs by benchmarks/fit_matching.py.
WEIGHTS: dict[str, float] = {
    "": -1.79,
    "done": 5.40,
    "developed": 4.55,
    "self_made": 1.64,
    "bare": -2.19,
    "served_bare": 1.63,
    "sold": -3.54,
    "built": -3.44,
    "served": -1.78,
    "refused": -3.37,
    "absent": -0.50,
    "product": 5.00,
    "coded": 2.00,
    "head_defined": 0.76,
    "head_part": -2.87,
    "head_form": -2.59,
    "head_thing": -4.48,
    "head_other": -0.49,
    "head_technology": -3.06,
    "head_activity": -4.85,
    "head_service": -0.01,
    "head_agent": -5.39,
    "altered": -4.39,
    "qualified": -4.35,
    "in_bracket": 1.11,
    "own_verb": -0.31,
    "keyword_verb": 0.33,
    "positive_named": 0.53,
    "positive_maker_name": 1.41,
    "positive_trading_name": -1.53,
    "bare_named": 2.47,
    "bare_maker_name": 3.57,
    "bare_plain_name": -0.58,
    "bare_makes": 1.66,
    "other_named": 2.65,
    "absent_maker": 2.20,
    "also_sold": -0.40,
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
