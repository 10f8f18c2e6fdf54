"""Find a LibreOffice, which prints our Word and Excel files in a test; install Debian's where that is allowed."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests import debian

PACKAGES = ("libreoffice-writer", "libreoffice-calc", "fonts-noto-cjk")


def find_office() -> Path | None:
    """The program on PATH."""
    found = shutil.which("libreoffice") or shutil.which("soffice")
    return Path(found) if found else None


def ensure_office() -> str:
    """Find or install it; what became of it, in one Chinese sentence."""
    if find_office() is None:
        print("没有找到 LibreOffice，正在尝试安装 …", flush=True)
        trouble = debian.install(*PACKAGES) if debian.is_debian_root() else "请安装 LibreOffice"
        if trouble or find_office() is None:
            return f"文档打印测试将跳过：{trouble or '安装之后仍找不到 LibreOffice'}"
    return f"文档打印测试使用 {find_office()}"
