"""What is said where a machine has no Chinese font."""

from __future__ import annotations


class NoFont(ValueError):
    """No font with Chinese characters is installed on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "本机没有找到中文字体，无法生成 PDF 或 PNG；请安装思源黑体（如 fonts-noto-cjk）或使用系统自带的黑体后重试，"
            "也可以先导出 .html 或 .svg"
        )
