"""The application: ``streamlit run app.py``. The script every session runs is pages/entry.py."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.cached_map import warm_up
from pages.components.errors import report_script_error
from pages.registry import PAGES
from pages.web import server

app = st.App(
    Path(__file__).resolve().parent / "pages" / "entry.py",
    routes=server.routes(),
    middleware=server.middleware([entry.path for entry in PAGES]),
    lifespan=server.lifespan(warm_up),
    exception_handlers={500: server.server_error},
    on_script_error=report_script_error,
)

if __name__ == "__main__":
    app.run()
