"""What the server adds to Streamlit: a Chinese first page, headers, health, own assets, an error page with an id."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from typing import Any

import pytest

from pages.web import server, shell

PATHS = frozenset({"overview", "gaps"})


def ask(path: str, method: str = "GET", query: bytes = b"") -> tuple[int, dict[str, str], str]:
    """Status, headers and body that our middleware gives around an application that answers «streamlit»."""

    async def streamlit(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"streamlit"})

    said: list[dict[str, Any]] = []

    async def collect(message: Any) -> None:
        said.append(message)

    async def nothing() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    app = server.SecurityHeaders(server.ChineseShell(streamlit, PATHS, "overview"))
    scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": query}
    asyncio.run(app(scope, nothing, collect))
    headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], headers, b"".join(one.get("body", b"") for one in said).decode()


def test_a_page_gets_the_chinese_first_page_which_is_never_kept():
    status, headers, body = ask("/gaps")

    assert status == 200
    assert '<html lang="zh-CN">' in body
    assert "<title>链图 · 产业链招商分析</title>" in body
    assert "You need to enable JavaScript" not in body
    assert headers["cache-control"] == "no-cache"


def test_the_first_page_holds_no_script_of_its_own():
    body = shell.index_html()

    assert not re.search(r"<script(?![^>]*src=)", body)
    assert re.search(r'src="\./assets/app\.js\?v=[0-9a-f]{12}"', body)


@pytest.mark.parametrize("path", ["/_stcore/stream", "/static/js/index.js", "/media/x", "/healthz", "/assets/app.css"])
def test_what_is_streamlits_or_an_asset_is_passed_on(path):
    assert ask(path)[2] == "streamlit"


def test_what_is_no_page_is_a_chinese_404():
    status, _, body = ask("/gaps/../etc/passwd")

    assert status == 404
    assert "没有这个页面" in body


def test_the_overview_is_at_the_root_and_keeps_its_parameters():
    status, headers, _ = ask("/overview", query=b"chain=a")

    assert (status, headers["location"]) == (307, "/?chain=a")


def test_only_reading_is_answered_by_the_shell():
    assert ask("/gaps", method="POST")[2] == "streamlit"


def test_every_answer_carries_the_policy():
    for path in ("/", "/nothing", "/static/x"):
        headers = ask(path)[1]
        assert headers["content-security-policy"] == server.CONTENT_SECURITY_POLICY
        assert headers["x-content-type-options"] == "nosniff"
    assert "http" not in server.CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("name", ["app.css", "app.js", "review_keys.js", "words.js", "icon.svg"])
def test_assets_ask_nothing_of_the_outside(name):
    content, kind = shell.asset(name) or (b"", "")

    assert content
    assert "charset" in kind or "svg" in kind
    outside = re.findall(r"https?://[^\s\"')]+", content.decode("utf-8"))
    assert set(outside) <= {"http://www.w3.org/2000/svg"}


def test_an_unknown_asset_is_none():
    assert shell.asset("../app.py") is None


def test_a_changed_framework_is_noticed():
    with pytest.raises(shell.ShellChanged, match="lang"):
        shell._replace_once("<html>", '<html lang="en">', "")


def test_health_is_a_short_answer():
    answer = asyncio.run(server.health(None))  # type: ignore[arg-type]

    assert json.loads(answer.body) == {"status": "ok"}


def test_an_error_of_the_server_has_an_id_that_the_log_has_too(caplog):
    class Request:
        url = type("Url", (), {"path": "/gaps"})

    with caplog.at_level(logging.ERROR, logger="liantu"):
        answer = asyncio.run(server.server_error(Request(), ValueError("cause")))  # type: ignore[arg-type]

    number = re.search(r"错误编号 ([0-9A-F]{8})", bytes(answer.body).decode()).group(1)  # type: ignore[union-attr]
    assert answer.status_code == 500
    assert number in caplog.text
    assert "cause" not in bytes(answer.body).decode()


def test_the_words_of_the_framework_are_pairs_of_english_and_chinese():
    words = json.loads(shell.WORDS.read_text(encoding="utf-8"))

    assert all(re.search(r"[A-Za-z]", english) for english in words["exact"])
    assert all(re.search(r"[\u4e00-\u9fff]", chinese) for chinese in words["exact"].values())
    for pattern, _ in words["patterns"]:
        re.compile(pattern)
