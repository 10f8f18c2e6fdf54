"""Errors as the user meets them: known ones say what to do; unknown ones get an id and go to the log."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable

import streamlit as st

from pages.components.actions import drawn
from pages.components.first_steps import steps_box
from pages.components.frame import header, notice
from pages.components.html import anchor, esc
from pages.components.url import link
from services.context import NoData, NoHome
from services.errors import USER_ERRORS
from services.presence import NotMatched

log = logging.getLogger("liantu")


def guarded(run: Callable[[], None], title: str = "") -> None:
    """Run a page; a known error becomes its sentence, below what was drawn before it.

    title : of the page, said where the error comes before the page's own header
    """
    try:
        run()
        drawn()
    except USER_ERRORS as error:
        if isinstance(error, (NoData, NoHome)) and title:
            header(title, "数据准备好之后，这里就有内容。")
        _show_stop(error)


def show_problem(error: BaseException) -> None:
    """A known error of a part of the page: its own sentence, in which nothing from a file is taken for Markdown."""
    notice("failed", error)


def _show_stop(error: BaseException) -> None:
    """A known error that ended the page: its own sentence, and the page where it is mended."""
    mendable = isinstance(error, (NoData, NoHome, NotMatched))
    button = steps_box() if mendable else anchor("回到总览", link("overview"), "lt-go")
    title, calm = ("还差一步", "") if mendable else ("没有做成", " lt-problem")
    st.html(f'<div class="lt-empty{calm}" role="alert"><h3>{title}</h3><p>{esc(error)}</p>{button}</div>')


def report_script_error(error: Exception) -> bool:
    """An unexpected error of a page: logged with an id, shown with the id; Streamlit's own display is suppressed."""
    number = uuid.uuid4().hex[:8].upper()
    log.error("error %s", number, exc_info=error)
    st.html(
        f'<div class="lt-empty lt-problem" role="alert"><h3>这个页面出错了</h3><p>错误编号 <b>{number}</b>。'
        "请刷新页面重试；若仍出现，请把编号和刚才的操作告诉管理员，日志中可按编号查到原因。</p>"
        f"{anchor('回到总览', link('overview'), 'lt-go')}</div>"
    )
    return True
