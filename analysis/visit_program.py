"""The linear program behind a list of visits: an upper bound on any list, and lists that come close to it.

With t_g = Σ_i w_ig·x_i, w_ig = −ln(1 − chance_ig), visits x cover Σ_g priority_g·(1 − exp(−t_g)). The curve is concave and
lies below its tangents, so the program

    max Σ_g priority_g·u_g,  u_g ≤ tangents of t_g,  Σ x ≤ visits,  x_i ≤ y_city(i),  Σ y ≤ cities,  x, y ∈ {0, 1}

has its optimum at or above the true one. Tangents are added where a solution lies until both meet: the outer approximation
of Duran & Grossmann (1986), Mathematical Programming 36. Its relaxation to 0 ≤ x, y ≤ 1 is solved first: what its reduced
costs show to be in no better list is left out of the integer program. Solver: HiGHS, through scipy.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import coo_array, csr_array, eye_array, hstack, vstack

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FITS = 1e-4
"""Share by which the tangents may still lie above the curve when the relaxation is taken for solved."""
MOST_TANGENTS = 12


@dataclass
class VisitProgram:
    """The program of gaps × firms, with its tangents and what is known not to matter.

    priority : of each gap; chance : gaps × firms, 0 ≤ chance < 1; city : number of each firm's city, 0, 1, …
    """

    priority: FloatArray
    chance: FloatArray
    city: IntArray
    n_visits: int
    n_cities: int
    bound: float = field(init=False)
    _weight: csr_array = field(init=False)
    _points: list[FloatArray] = field(init=False)
    _low: FloatArray = field(init=False)
    _high: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        weight = -np.log1p(-self.chance)
        self._weight = csr_array(weight)
        usual = np.array([np.median(row[row > 0]) if (row > 0).any() else 0.0 for row in weight])
        self._points = [usual * n for n in range(min(self.n_visits, 4) + 1)]
        size = self.n_firms + self.n_places + self.n_gaps
        self._low, self._high = np.zeros(size), np.ones(size)
        self.bound = float(self.priority.sum())

    @property
    def n_gaps(self) -> int:
        """Number of gaps."""
        return len(self.priority)

    @property
    def n_firms(self) -> int:
        """Number of firms."""
        return len(self.city)

    @property
    def n_places(self) -> int:
        """Number of cities that firms are in."""
        return int(self.city.max()) + 1

    def near(self, value: float, tolerance: float) -> bool:
        """Whether a list of this value is as good as any but for a share ``tolerance``."""
        return value >= self.bound * (1.0 - tolerance)

    def touch(self, firms: FloatArray) -> None:
        """Add the tangents at visits x (0–1 each)."""
        self._points.append(self._weight @ firms)

    def relax(self, enough: float) -> FloatArray:
        """Solve the relaxation; returns how much of each city is in it, 0–1, and drops what no list above ``enough`` holds."""
        solved = self._relaxed()
        for _ in range(MOST_TANGENTS):
            firms = solved.x[: self.n_firms]
            above = self.priority @ (solved.x[-self.n_gaps :] - (1.0 - np.exp(-(self._weight @ firms))))
            if above <= FITS * self.bound:
                break
            self.touch(firms)
            solved = self._relaxed()
        self.bound = min(self.bound, -float(solved.fun))
        choices = slice(0, self.n_firms + self.n_places)
        never = self.bound - solved.lower.marginals[choices] < enough
        always = self.bound + solved.upper.marginals[choices] < enough
        self._high[choices][never & (solved.x[choices] < 0.5)] = 0.0
        self._low[choices][always & (solved.x[choices] > 0.5)] = 1.0
        return np.asarray(solved.x[self.n_firms : self.n_firms + self.n_places])

    def solve(self, enough: float, gap: float, nodes: int, seconds: float) -> tuple[IntArray | None, bool]:
        """A list of firms (positions), and whether the program was solved to its ``gap``; None where none was found.

        enough : lists up to this value may have been dropped; nodes, seconds : limits
        """
        size = len(self._low)
        integral = np.concatenate([np.ones(size - self.n_gaps), np.zeros(self.n_gaps)])
        solved = milp(
            self._costs(),
            integrality=integral,
            bounds=Bounds(self._low, self._high),
            constraints=LinearConstraint(self._left(), ub=self._right()),
            options={"time_limit": seconds, "node_limit": nodes, "mip_rel_gap": gap},
        )
        if solved.status == 2:  # nothing is left that could be above
            self.bound = min(self.bound, enough)
        if solved.mip_dual_bound is not None:
            self.bound = min(self.bound, max(enough, -float(solved.mip_dual_bound)))
        found = None if solved.x is None else np.flatnonzero(solved.x[: self.n_firms] > 0.5)
        return found, bool(solved.status == 0)

    def _relaxed(self) -> OptimizeResult:
        bounds = np.column_stack([self._low, self._high])
        return linprog(self._costs(), A_ub=self._left(), b_ub=self._right(), bounds=bounds, method="highs")

    def _costs(self) -> FloatArray:
        return np.concatenate([np.zeros(self.n_firms + self.n_places), -self.priority])

    def _left(self) -> csr_array:
        firms, places, gaps = self.n_firms, self.n_places, self.n_gaps
        blank, each = coo_array((gaps, places)), eye_array(gaps)
        tangents = [hstack([-self._weight.multiply(np.exp(-p)[:, None]), blank, each]) for p in self._points]
        sums = np.zeros((2, firms + places + gaps))
        sums[0, :firms] = sums[1, firms : firms + places] = 1.0
        of_city = coo_array((np.ones(firms), (np.arange(firms), self.city)), shape=(firms, places))
        inside = hstack([eye_array(firms), -of_city, coo_array((firms, gaps))])
        return vstack([*tangents, csr_array(sums), inside], format="csr")

    def _right(self) -> FloatArray:
        # u − e^{−τ}·t ≤ 1 − e^{−τ} − τ·e^{−τ}
        tangents = [1.0 - np.exp(-p) - p * np.exp(-p) for p in self._points]
        return np.concatenate([*tangents, [self.n_visits, self.n_cities], np.zeros(self.n_firms)])
