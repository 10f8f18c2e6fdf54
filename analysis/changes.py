"""What is another than it was: labels of segments between two moments."""

from __future__ import annotations

import pandas as pd

KEY = ["chain_id", "segment_id"]


def label_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Segments whose label is another than before; segments that only one of the two knows are no change.

    Parameters
    ----------
    before, after : one row a segment: chain_id, segment_id, label, n_local (firms)

    Returns
    -------
    one row a changed segment, in the order of ``after``: chain_id, segment_id, before, label, n_before, n_local.

    >>> was = pd.DataFrame({"chain_id": "c", "segment_id": ["a", "b"], "label": ["weak", "fair"], "n_local": [1.0, 4.0]})
    >>> now = was.assign(label=["fair", "fair"], n_local=[3.0, 5.0])
    >>> label_changes(was, now)[["segment_id", "before", "label", "n_before", "n_local"]].values.tolist()
    [['a', 'weak', 'fair', 1.0, 3.0]]
    """
    known = before[[*KEY, "label", "n_local"]].rename(columns={"label": "before", "n_local": "n_before"})
    both = after[[*KEY, "label", "n_local"]].merge(known, on=KEY, validate="one_to_one")
    moved = both[both.label != both.before]
    return moved[[*KEY, "before", "label", "n_before", "n_local"]].reset_index(drop=True)
