"""What local users need of each supplier, and how much of it local suppliers can meet.

Requirements and net supply after Miller & Blair (2009), "Input–Output Analysis", chapters 2 and 8 (supply–demand pool,
simple location quotients); FLQ after Flegg & Webber (1997), Regional Studies 31.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

DELTA = 0.3
"""Exponent of the region's size in the FLQ."""


class NotProductive(ValueError):
    """A matrix of input coefficients whose users need more than they make."""

    def __init__(self, radius: float) -> None:
        super().__init__(
            f"投入系数矩阵的谱半径是 {radius:.3g}，应小于 1：照这些系数，生产消耗的比产出还多；"
            "请核对系数是否按“使用环节每一元产出的消耗”填写"
        )


def requirements(coefficients: ArrayLike, output: ArrayLike, final: ArrayLike = 0.0) -> FloatArray:
    """Direct requirements R_i = Σ_j a_ij·x_j + f_i.

    Parameters
    ----------
    coefficients : suppliers × users, a_ij ≥ 0
    output : x_j of the local users; final : local final demand f_i, in the unit of x

    Examples
    --------
    >>> a = [[0.1, 0.2, 0], [0.3, 0.1, 0.1], [0.05, 0.15, 0.2]]
    >>> requirements(a, [100, 50, 20], [20, 10, 5]).round(6).tolist()
    [40.0, 47.0, 21.5]
    """
    return _array(coefficients) @ _array(output) + _array(final)


def leontief(coefficients: ArrayLike) -> FloatArray:
    """Total requirements L = (I − A)⁻¹: output of i needed, through all rounds, for one unit of j delivered.

    Raises NotProductive where the spectral radius of A is not below 1.

    Examples
    --------
    >>> leontief([[0.0, 0.5], [0.2, 0.0]]).round(4).tolist()
    [[1.1111, 0.5556], [0.2222, 1.1111]]
    """
    a = _array(coefficients)
    radius = float(np.abs(np.linalg.eigvals(a)).max()) if a.size else 0.0
    if not radius < 1.0:
        raise NotProductive(radius)
    return np.linalg.inv(np.eye(len(a)) - a).astype(np.float64)


def total_requirements(coefficients: ArrayLike, output: ArrayLike, final: ArrayLike = 0.0) -> FloatArray:
    """Requirements if everything that the region delivers were made here from the first round on.

    R = A·L·y⁺ + f with y⁺ = max(0, (I − A)·x): what each segment delivers beyond local use. Equal to the direct
    requirements where no segment makes less than is used of it; larger by the needs of what is missing otherwise.

    Examples
    --------
    Only cars are made; a car takes 0.2 of gearboxes, and those 0.5 of gears.

    >>> a = [[0, 0.5, 0], [0, 0, 0.2], [0, 0, 0]]
    >>> requirements(a, [0, 0, 100]).tolist(), total_requirements(a, [0, 0, 100]).tolist()
    ([0.0, 20.0, 0.0], [10.0, 20.0, 0.0])
    """
    a, x = _array(coefficients), _array(output)
    return requirements(a, leontief(a) @ delivered(a, x), final)


def delivered(coefficients: ArrayLike, output: ArrayLike) -> FloatArray:
    """Net deliveries y⁺ = max(0, x − A·x): output that the chain's own local users do not take."""
    a, x = _array(coefficients), _array(output)
    return np.maximum(0.0, x - a @ x)


def simple_quotients(local: ArrayLike, whole: ArrayLike) -> FloatArray:
    """Simple location quotients SLQ_i = (x_i^r / Σ x^r) / (x_i / Σ x); NaN where there is nothing to compare.

    Examples
    --------
    >>> simple_quotients([100, 50, 20], [10000, 10000, 4000]).round(4).tolist()
    [1.4118, 0.7059, 0.7059]
    """
    x_r, x = _array(local), _array(whole)
    return _ratio(x_r * x.sum(), x * x_r.sum())


def pool_shares(supply: ArrayLike, demand: ArrayLike) -> FloatArray:
    """Local supply share by the supply–demand pool, RPC_i = min(1, x_i / D_i); NaN where nothing is demanded.

    Examples
    --------
    >>> pool_shares([100, 20, 5], [40, 21.5, 0]).round(4).tolist()
    [1.0, 0.9302, nan]
    """
    return np.minimum(1.0, _ratio(_array(supply), _array(demand)))


def quotient_shares(quotients: ArrayLike) -> FloatArray:
    """Local supply share by location quotients, RPC_i = min(1, SLQ_i)."""
    return np.minimum(1.0, _array(quotients))


def flq(quotients: ArrayLike, region_share: float, delta: float = DELTA) -> FloatArray:
    """Flegg's quotients, FLQ_ij = CILQ_ij · [log2(1 + x^r/x)]^δ, CILQ_ij = SLQ_i / SLQ_j and SLQ_i on the diagonal.

    Parameters
    ----------
    quotients : SLQ_i; region_share : the region's share x^r/x of the whole, 0–1
    delta : how strongly small regions buy elsewhere

    Returns
    -------
    suppliers × users. An absent supplier has 0; an absent user of a present supplier has infinity.

    Examples
    --------
    >>> flq([2.0, 1.0], 1.0).tolist()
    [[2.0, 2.0], [0.5, 1.0]]
    """
    own = _array(quotients)
    with np.errstate(divide="ignore", invalid="ignore"):
        cross = own[:, None] / own[None, :]
    cross[own == 0.0, :] = 0.0
    np.fill_diagonal(cross, own)
    return cross * np.log2(1.0 + region_share) ** delta


def flq_shares(
    coefficients: ArrayLike, output: ArrayLike, quotients: ArrayLike, region_share: float, delta: float = DELTA
) -> FloatArray:
    """Local supply share of each supplier by FLQ: Σ_j a_ij·min(1, FLQ_ij)·x_j / Σ_j a_ij·x_j; NaN where nothing is used.

    Parameters
    ----------
    coefficients, output : a_ij and x_j of the users; quotients, region_share, delta : as in :func:`flq`
    """
    used = _array(coefficients) * _array(output)[None, :]
    met = np.where(used > 0, used * np.minimum(1.0, flq(quotients, region_share, delta)), 0.0)
    return _ratio(met.sum(axis=1), used.sum(axis=1))


def unmet(required: ArrayLike, share: ArrayLike) -> FloatArray:
    """Unmet requirements, gap_i = R_i·(1 − RPC_i): 0 where nothing is required, NaN where the share is unknown.

    Examples
    --------
    >>> unmet([47.0, 0.0, 3.0], [0.5, float("nan"), float("nan")]).tolist()
    [23.5, 0.0, nan]
    """
    r = _array(required)
    return np.where(r == 0.0, 0.0, r * (1.0 - _array(share)))


def suppliers_needed(shares: ArrayLike, local: ArrayLike, whole: ArrayLike) -> FloatArray:
    """Suppliers that the local users would employ at the benchmark's ratio, D_i = N_i · Σ_j w_ij·n_j / Σ_j w_ij·N_j.

    Firms of different segments are different units: a foundry is not worth so many car makers. The benchmark says how many
    suppliers go with its users, so D_i is in firms of segment i and may be set against the local n_i. Where the region has
    the same share of every segment, n = c·N, D_i = c·N_i = n_i: the local supply share is 1 and nothing is missing. Users
    outside the chain are taken to need as much, in proportion, as those inside.

    Parameters
    ----------
    shares : suppliers × users, w_ij share of the user's purchased inputs
    local, whole : firms of each segment here (n) and in the benchmark (N)

    Returns
    -------
    firms of each supplier; NaN where the benchmark has no user.

    Examples
    --------
    Ten foundries and twenty machine shops serve a hundred car makers; a tenth of the car makers is here.

    >>> w = [[0, 0, 0.3], [0, 0, 0.1], [0, 0, 0]]
    >>> suppliers_needed(w, [0, 5, 10], [10, 20, 100]).tolist()
    [1.0, 2.0, nan]
    """
    w, n, whole_n = _array(shares), _array(local), _array(whole)
    return whole_n * _ratio(w @ n, w @ whole_n)


def _array(values: ArrayLike) -> FloatArray:
    return np.asarray(values, dtype=float)


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """above / below, NaN where below is 0 or unknown."""
    known = below > 0
    return np.divide(above, below, out=np.full(np.shape(below), np.nan), where=known)
