"""About a hundred fictional projects: stages with dates, money in layers, and the segments they serve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from data.demo.firms import Firm
from data.demo.places import HOME, County
from data.demo.plan import Plan

N_PROJECTS = 104
_PATHS: tuple[tuple[tuple[str, ...], int], ...] = (
    (("negotiating",), 16),
    (("negotiating", "signed"), 24),
    (("negotiating", "signed", "started"), 26),
    (("negotiating", "signed", "started", "operating"), 22),
    (("negotiating", "suspended"), 3),
    (("negotiating", "signed", "suspended"), 5),
    (("negotiating", "signed", "terminated"), 4),
    (("negotiating", "signed", "started", "suspended"), 2),
    (("negotiating", "terminated"), 2),
)
_TEXTS = {
    "negotiating": ("洽谈推进", "实地考察", "方案对接"),
    "signed": ("签订正式合同", "签订框架协议", "签订意向协议"),
    "started": ("开工建设", "取得施工许可并开工"),
    "operating": ("竣工投产", "设备调试完成并投产"),
    "suspended": ("因市场变化暂缓", "因用地指标暂缓"),
    "terminated": ("投资方调整计划，终止", "环评未通过，终止"),
}
_DAYS = {
    "signed": (60, 260),
    "started": (90, 420),
    "operating": (240, 560),
    "suspended": (90, 300),
    "terminated": (90, 360),
}
_UNITS = (
    "云溪区投资促进中心（演示）",
    "云溪区工业和信息化局（演示）",
    "云溪经济开发区管委会（演示）",
    "云溪区发展和改革局（演示）",
)
_KINDS = {
    "production": ("产业园", "生产基地", "生产线", "智能工厂", "扩产", "研发及生产中心"),
    "rd": ("研发中心", "中试基地", "联合实验室"),
    "service": ("区域总部", "服务中心", "服务基地"),
}
_TARGETS = {"missing": 4.0, "weak": 3.0, "fair": 1.0, "strong": 1.5, "unknown": 0.5}


@dataclass
class Projects:
    """Rows of the four project tables."""

    projects: list[dict[str, object]] = field(default_factory=list)
    events: list[dict[str, object]] = field(default_factory=list)
    money: list[dict[str, object]] = field(default_factory=list)
    segments: list[dict[str, object]] = field(default_factory=list)


def make_projects(
    plans: Sequence[Plan], firms: Sequence[Firm], places: Sequence[County], as_of: date, chance: Random
) -> Projects:
    """All projects with their logs; nothing is dated after ``as_of``."""
    home = [place for place in places if place.city_code == places[0].city_code]
    paths = [path for path, n in _PATHS for _ in range(n)]
    chance.shuffle(paths)
    result = Projects()
    for number, path in enumerate(paths[:N_PROJECTS], start=1):
        plan = chance.choices(plans, [_TARGETS[plan.aim] for plan in plans])[0]
        place = home[0] if number % 8 else chance.choice(home[1:])
        _add_project(
            result, f"demo-{number:03d}", plan, _investor(plan, firms, number, chance), place, path, as_of, chance
        )
    return result


def _investor(plan: Plan, firms: Sequence[Firm], number: int, chance: Random) -> Firm | None:
    """A firm that makes the segment, one at home for every fifth project; none where the investor is not known."""
    if number % 7 == 0:
        return None
    makers = [firm for firm in firms if plan.segment.id in firm.segment_ids]
    local = [firm for firm in makers if firm.place.adcode == HOME]
    away = [firm for firm in makers if firm.place.adcode != HOME]
    pool = local if local and number % 5 == 0 else away or local
    return chance.choice(pool) if pool else None


def _add_project(
    result: Projects, project_id: str, plan: Plan, firm: Firm | None, place: County, path: tuple[str, ...],
    as_of: date, chance: Random,
) -> None:  # fmt: skip
    local = firm is not None and firm.place.adcode == HOME
    attached = chance.random() < 0.82
    result.projects.append(
        {
            "project_id": project_id,
            "name": _name(plan, firm, chance),
            "place": place.name,
            "adcode": place.adcode,
            "industry_text": plan.segment.chain_name,
            "origin": "二次招商" if local else "外资" if chance.random() < 0.08 else "新引进",
            "firm_id": firm.firm_id if firm else None,
            "unit": chance.choice(_UNITS),
            "note": "" if attached else "待明确所属环节",
        }
    )
    dates = _dates(path, as_of, chance)
    result.events += [_event(project_id, stage, on, chance) for stage, on in zip(path, dates, strict=True)]
    result.money += _money(project_id, dict(zip(path, dates, strict=True)), as_of, chance)
    if attached:
        result.segments += _attached(project_id, plan, dates[-1])


def _name(plan: Plan, firm: Firm | None, chance: Random) -> str:
    investor = firm.name.split("（")[0] if firm else "云溪区"
    kinds = _KINDS.get(plan.segment.kind, _KINDS["service"])
    return f"{investor}{plan.segment.name}{chance.choice(kinds)}项目（演示）"


def _dates(path: tuple[str, ...], as_of: date, chance: Random) -> list[date]:
    """Dates of the stages in order; the last lies up to two years back, so that some projects are late."""
    gaps = [chance.randint(*_DAYS[stage]) for stage in path[1:]]
    last = as_of - timedelta(days=int(chance.triangular(5, 700, 120)))
    dates = [last]
    for gap in reversed(gaps):
        dates.insert(0, dates[0] - timedelta(days=gap))
    return dates


def _event(project_id: str, stage: str, on: date, chance: Random) -> dict[str, object]:
    recorded_at = datetime.combine(on + timedelta(days=chance.randint(0, 4)), time(9, 30))
    return {
        "project_id": project_id,
        "stage": stage,
        "stage_text": chance.choice(_TEXTS[stage]),
        "on_date": on,
        "recorded_at": recorded_at,
        "recorded_by": "演示",
    }


def _money(project_id: str, on: dict[str, date], as_of: date, chance: Random) -> list[dict[str, object]]:
    """Planned investment, then agreement and contract on signing, then payments from the start on."""
    planned = 1e6 * round(chance.lognormvariate(5.6, 0.9))
    rows = [_layer(project_id, "planned", "计划总投资", planned, on["negotiating"])]
    if "signed" in on:
        agreed = 1e6 * max(1, round(planned * chance.uniform(0.8, 1.0) / 1e6))
        rows.append(_layer(project_id, "agreement", "协议投资额", agreed, on["signed"]))
        if chance.random() < 0.75:
            rows.append(_layer(project_id, "contract", "合同额", 1e6 * max(1, round(agreed * 0.9 / 1e6)), on["signed"]))
    first = on.get("started") or (on["signed"] if "signed" in on and chance.random() < 0.15 else None)
    if first is not None:
        share = 0.3 if "operating" in on else 0.15
        for number in range(chance.randint(1, 3)):
            paid_on = min(first + timedelta(days=30 + 150 * number), as_of)
            rows.append(_layer(project_id, "paid_in", "到位资金", 1e5 * max(1, round(planned * share / 1e5)), paid_on))
    return rows


def _layer(project_id: str, layer: str, text: str, amount: float, on: date) -> dict[str, object]:
    row: dict[str, object] = {"project_id": project_id, "layer": layer, "layer_text": text}
    return row | {"amount": amount, "currency": "CNY", "amount_cny": amount, "on_date": on}


def _attached(project_id: str, plan: Plan, on: date) -> list[dict[str, object]]:
    return [
        {
            "project_id": project_id,
            "chain_id": plan.segment.chain_id,
            "segment_id": plan.segment.id,
            "decided_by": "演示",
            "decided_at": datetime.combine(on, time(10, 0)),
            "evidence": f"项目名称写明“{plan.segment.name}”（演示）",
        }
    ]
