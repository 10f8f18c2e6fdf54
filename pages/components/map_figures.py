"""The figures of the chain above its map, and links to the same chain elsewhere."""

from __future__ import annotations

from analysis.coverage import NO_REGISTER
from chains.words import LABELS
from exports.formats import percent
from pages.components.html import Tile, anchor, tiles
from pages.components.url import here, link
from services.loop import ChainState


def figures(chain_id: str, state: ChainState, *, opens: bool) -> str:
    """The figures of the state; they open the rows behind them where those are of the same state."""
    share, unjudged = state.completeness
    whole, known = state.coverage.whole.iloc[0], state.coverage.known

    def rows(**params: object) -> str | None:
        return link("gaps", chain=chain_id, **params) if opens else None

    return tiles(
        [
            Tile("整体", LABELS[state.presence.label], note=str(state.presence.reason), href=link("methods")),
            Tile(
                "完整度",
                percent(share),
                note=f"可判断环节中“一般”以上的比例；{unjudged} 个数据不足，不计入",
                href=link("methods"),
            ),
            Tile(
                "缺口",
                str(int(whole.n_gaps)),
                "个环节",
                f"缺失 {state.counts['missing']}，薄弱 {state.counts['weak']}",
                rows(),
            ),
            Tile(
                "名义覆盖",
                _share(whole.n_gaps, whole.nominal_share),
                note=f"{int(whole.n_nominal)} 个缺口已有签约项目" if known else NO_REGISTER,
                href=rows(covered="yes"),
            ),
            Tile(
                "有效覆盖",
                _share(whole.n_gaps, whole.effective_share),
                note=f"{int(whole.n_effective)} 个缺口的项目已开工或到资" if known else NO_REGISTER,
                href=rows(covered="effective"),
            ),
            Tile(
                "关键缺口",
                str(int(state.gaps.critical.sum())),
                "个",
                "单一依赖或卡脖子的缺口环节",
                rows(critical=1),
            ),
        ]
    )


def elsewhere(chain_id: str, state: ChainState) -> str:
    """The same chain as it would be if what is signed began, and on the big screen."""
    projects = state.coverage.projects
    waiting = projects[projects.nominal & ~projects.effective] if len(projects) else projects
    ids = ",".join(dict.fromkeys(waiting.project_id)) if len(waiting) else ""
    ahead = f"如果签约未开工的 {waiting.project_id.nunique()} 个项目都开工 →" if ids else ""
    links = [
        anchor(ahead, link("whatif", chain=chain_id, start=ids)) if ids else "",
        anchor("大屏轮播 →", here("chain_map", kiosk=1, segment=None, firm=None)),
    ]
    return f'<p class="lt-map-links">{"".join(links)}</p>'


def _share(n_gaps: int, covered: float | None) -> str:
    """Share of gaps covered, where there is any to cover."""
    return "没有缺口" if n_gaps == 0 else percent(covered)
