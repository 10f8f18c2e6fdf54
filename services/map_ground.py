"""What every state of the map starts from: the chain as it is judged here, under a tier of evidence."""

from __future__ import annotations

from dataclasses import replace

from chains.model import Chain
from data.store import Store
from services.context import Context
from services.counting import Counting, counted_cube, counted_local
from services.judging import judged_cube
from services.loop import conclude
from services.presence import Cube, Local
from services.whatif import Ground


def tier_ground(
    store: Store, chain: Chain, context: Context, cubes: tuple[Cube, Cube], local: Local, usual: Ground, tier: str
) -> Ground:
    """The ground counted under a tier of evidence.

    Parameters
    ----------
    cubes : the usual cube and that of the tier (``tier_cube``), both with the nation as benchmark
    usual : the ground of all confirmed firms: its benchmark's places, relatedness, projects and parameters hold here too
    """
    before, home = usual.before, context.home
    judged = judged_cube(store, cubes[0], local, home, before.params.benchmark)
    cube = cubes[1] if judged.cities is None else cubes[1].against(judged.cities, judged.benchmark)
    counted = counted_local(store, local, home, Counting(tier))
    state = conclude(
        chain,
        counted,
        cube,
        before.coverage.projects,
        before.params,
        density=usual.density,
        register=before.coverage.known,
        table=before.table,
    )
    return replace(usual, local=counted, cube=cube, before=state)


def tier_cube(store: Store, cube: Cube, tier: str) -> Cube:
    """The cube (the nation as benchmark) under a tier of evidence."""
    return counted_cube(store, cube, Counting(tier))
