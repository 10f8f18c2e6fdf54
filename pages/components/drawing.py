"""The mark of a complete drawing, for what must not act on a page while it is being drawn: keys, and tests in the browser."""

from __future__ import annotations

import uuid

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def unfinished() -> DeltaGenerator:
    """A place for :func:`complete`, empty until the page is drawn."""
    with st.container(key="drawing"):
        return st.empty()


def complete(place: DeltaGenerator) -> None:
    """Say that the page is drawn to its end; every drawing has a name of its own."""
    place.html(f'<span data-drawing="{uuid.uuid4().hex}"></span>')
