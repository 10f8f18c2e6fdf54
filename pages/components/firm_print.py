"""One page on a firm, to print: made when it is pressed."""

from __future__ import annotations

from functools import partial

from exports.document.dossier import dossier_pdf
from exports.document.glyphs import document_fonts
from pages import cached, cached_firm, cached_lists, cached_regions
from pages.components.actions import actor, now
from pages.components.downloads import TYPES, file_name, save_button
from pages.components.firm_sites import printed
from pages.components.frame import notice
from pages.components.map_downloads import missing_font
from services.firm import FirmProfile
from services.firm_sheet import Insight, firm_sheet


def one_page(profile: FirmProfile) -> None:
    """The button, or why there is none."""
    missing = missing_font(document_fonts)
    if missing is not None:
        notice("warned", missing)
        return
    name = file_name(f"企业档案-{profile.firm['name'][:40]}", cached.context(), suffix=".pdf")
    save_button("打印一页（PDF）", partial(_made, profile, actor()), name, "save_dossier", mime=TYPES[".pdf"])


def insight_of(profile: FirmProfile, who: str) -> Insight:
    """What follows from the firm's facts, as ``who`` may know it."""
    firm_id = str(profile.firm.firm_id)
    claims = cached_lists.claims([firm_id]).get(firm_id, ())
    return Insight(
        cached_firm.fit(firm_id),
        cached_firm.way(firm_id),
        cached_firm.spread(firm_id),
        cached_firm.history(firm_id, who),
        tuple(one.told(who) for one in claims),
        dict(cached_regions.city_names()),
        {segment.id: (chain.name, segment.name) for chain in cached.chains() for segment in chain.segments},
        printed(cached_firm.sites(firm_id)),
    )


def _made(profile: FirmProfile, who: str) -> bytes:
    return dossier_pdf(firm_sheet(profile, insight_of(profile, who), cached.context(), who, now()))
