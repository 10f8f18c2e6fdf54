"""日程表: the day sheet of a trip, taken away in a format; made when it is pressed."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from exports.document.glyphs import document_fonts
from pages import cached, cached_lists
from pages.components.actions import actor, now
from pages.components.downloads import TYPES, file_name, save_button
from pages.components.frame import notice
from pages.components.map_downloads import missing_font
from services.day_sheet import FORMATS, Ground, sheet_file, trip_sheet
from services.trips import Trip


def day_sheets(trip: Trip, stops: pd.DataFrame) -> None:
    """A button that opens the formats."""
    with st.popover("日程表", icon=":material/print:", type="primary"):
        st.html('<p class="lt-note">每天去哪座城市、依次见哪几家、地址、谈话要点和需注意的事项。</p>')
        missing = missing_font(document_fonts)
        for suffix, word in FORMATS.items():
            if missing is None or suffix != ".pdf":
                name = file_name(f"{trip.name}-日程表", cached.context(), suffix=suffix)
                made = partial(_made, trip, suffix, actor(), tuple(stops.firm_id))
                save_button(word, made, name, f"save_sheet_{suffix[1:]}", mime=TYPES[suffix])
        if missing is not None:
            notice("warned", missing)


def _made(trip: Trip, suffix: str, who: str, firms: tuple[str, ...]) -> bytes:
    ground = Ground(cached.matched(), cached.state, cached.targets)
    flagged = cached_lists.followed(firms, trip.unit, trip.trip_id, who)
    sheet = trip_sheet(cached.store(), cached.context(), trip, ground, flagged, now())
    return sheet_file(sheet, suffix, who, now())
