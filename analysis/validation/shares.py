"""A share of counted cases with its interval."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from analysis.validation.area import TWO_SIDED


@dataclass(frozen=True)
class Share:
    """``hits`` of ``n`` cases."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        """hits / n; NaN where there is no case."""
        return self.hits / self.n if self.n else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval (Wilson 1927, J. Am. Stat. Assoc. 22); all of 0–1 where there is no case.

        centre = (p + z²/2n) / (1 + z²/n), reach = z √(p(1 − p)/n + z²/4n²) / (1 + z²/n).

        Examples
        --------
        >>> [round(end, 4) for end in Share(10, 10).interval]
        [0.7225, 1.0]
        """
        if not self.n:
            return 0.0, 1.0
        p, z2 = self.value, TWO_SIDED**2 / self.n
        centre, reach = p + z2 / 2, TWO_SIDED * np.sqrt(p * (1 - p) / self.n + z2 / (4 * self.n))
        low, high = float((centre - reach) / (1 + z2)), float((centre + reach) / (1 + z2))
        return max(0.0, min(low, p)), min(1.0, max(high, p))  # rounding must not leave the share outside

    def told(self) -> dict[str, Any]:
        """hits, n, share, low, high."""
        low, high = self.interval
        return asdict(self) | {"share": self.value, "low": low, "high": high}
