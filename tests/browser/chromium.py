"""Find a Chromium, Chrome or Edge on the three systems; install Debian's where that is allowed. Standard library only."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tests import debian

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "chrome",
    "msedge",
)
MAC = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
PACKAGES = ("chromium", "fonts-noto-cjk")


def find_browser() -> Path | None:
    """The browser named by LIANTU_BROWSER, else the first on PATH or in the usual places."""
    named = os.environ.get("LIANTU_BROWSER")
    if named:
        return Path(named)
    on_path = [Path(found) for name in COMMANDS if (found := shutil.which(name))]
    return next((found for found in on_path + _usual_places() if found.is_file()), None)


def _usual_places() -> list[Path]:
    if sys.platform == "darwin":
        return [folder / name for name in MAC for folder in (Path("/Applications"), Path.home() / "Applications")]
    folders = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
    return [Path(folder) / name for name in WINDOWS for folder in folders if folder]


def install_browser() -> str:
    """Install Debian's Chromium and a Chinese font as root on Debian; a Chinese sentence where that cannot be."""
    if not debian.is_debian_root():
        return "请安装 Chromium、Chrome 或 Edge 中的任一个，或用环境变量 LIANTU_BROWSER 指明其位置"
    return debian.install(*PACKAGES)


def ensure_browser() -> str:
    """Find or install a browser; what became of it, in one Chinese sentence."""
    if find_browser() is None:
        print("没有找到浏览器，正在尝试安装 …", flush=True)
        trouble = install_browser()
        if trouble or find_browser() is None:
            return f"浏览器测试将跳过：{trouble or '安装之后仍找不到浏览器'}"
    return f"浏览器测试使用 {find_browser()}"
