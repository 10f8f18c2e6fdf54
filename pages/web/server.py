"""What the ASGI application adds to Streamlit: first page in Chinese, health, security headers, error page, warm-up."""

from __future__ import annotations

import gc
import logging
import threading
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.web.shell import ASSETS, asset, index_html

log = logging.getLogger("liantu")
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' blob: 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'self' blob: data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
STREAMLIT_PREFIXES = ("/_stcore", "/static", "/media", "/component", "/oauth2callback", "/script-health-check")
OTHER_FILES = frozenset({"/healthz", "/favicon.png", "/manifest.json"})


class SecurityHeaders:
    """Adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; headers join the start of the answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class ChineseShell:
    """Answers page addresses with our first page, and addresses of no page with a Chinese 404.

    paths : of the pages, without slashes; home : the one that is shown at the root only
    """

    def __init__(self, app: ASGIApp, paths: frozenset[str], home: str) -> None:
        self.app = app
        self.paths = paths | {""}
        self.home = home

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pages and unknown addresses are answered here, everything else is passed on."""
        answer = self._answer(scope)
        await (answer or self.app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        path = scope["path"].rstrip("/")
        if path == f"/{self.home}":
            query = scope["query_string"].decode("ascii", "ignore")
            return RedirectResponse(f"/?{query}" if query else "/")
        if path.lstrip("/") in self.paths:
            return HTMLResponse(index_html(), headers={"Cache-Control": "no-cache"})
        known = path.startswith(STREAMLIT_PREFIXES) or path.startswith(f"/{ASSETS}/") or path in OTHER_FILES
        return None if known else _page(404, "没有这个页面", "地址可能有误，或页面已经更名。")


async def health(_: Request) -> Response:
    """Whether the server answers."""
    return JSONResponse({"status": "ok"})


async def serve_asset(request: Request) -> Response:
    """One of our own assets; its address carries a digest, so browsers may keep it."""
    found = asset(request.path_params["name"])
    if found is None:
        return _page(404, "没有这个文件", "地址可能有误。")
    headers = {"Cache-Control": "public, max-age=31536000, immutable" if request.query_params.get("v") else "no-cache"}
    return Response(found[0], media_type=found[1], headers=headers)


async def server_error(request: Request, error: Exception) -> Response:
    """The Chinese error page with an id under which the log holds the cause."""
    number = error_id()
    log.error("error %s at %s", number, request.url.path, exc_info=error)
    return _page(500, "系统出错了", f"错误编号 {number}。请刷新重试；若仍出现，请把编号告诉管理员。")


def error_id() -> str:
    """A short id to find an error again in the log."""
    return uuid.uuid4().hex[:8].upper()


def routes() -> list[Route]:
    """Our own addresses."""
    return [Route("/healthz", health), Route(f"/{ASSETS}/{{name}}", serve_asset)]


def middleware(page_paths: Sequence[str]) -> list[Middleware]:
    """Headers on everything, then the Chinese shell; the first page is home."""
    return [Middleware(SecurityHeaders), Middleware(ChineseShell, paths=frozenset(page_paths), home=page_paths[0])]


def lifespan(warm_up: Callable[[], None]) -> Callable[[Any], Any]:
    """Run ``warm_up`` while the first visitor is on the way, then keep what it made out of garbage collection for good.

    It runs in a thread: what goes wrong there is met again, and shown, by the page that needs it.
    """

    def prepare() -> None:
        warm_up()
        gc.collect()
        gc.freeze()

    @asynccontextmanager
    async def around(_: Any) -> AsyncIterator[None]:
        logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
        threading.Thread(target=prepare, name="warm-up", daemon=True).start()
        yield

    return around


def _page(status: int, title: str, what_to_do: str) -> Response:
    body = (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f'<link rel="stylesheet" href="/{ASSETS}/app.css"></head><body class="lt-plain"><main>'
        f'<h1>{title}</h1><p>{what_to_do}</p><p><a href="/">回到总览</a></p></main></body></html>'
    )
    return HTMLResponse(body, status_code=status)
