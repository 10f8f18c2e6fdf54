"""What is wrong with a command line, in Chinese: the words of typer, one by one."""

from __future__ import annotations

import re

from typer.exceptions import TyperException

VALUES: tuple[tuple[str, str], ...] = (
    (r"Input should be a valid integer.*", "应为整数"),
    (r"Input should be a valid number.*", "应为数字"),
    (r"Input should be greater than or equal to (\S+)", r"不能小于 \1"),
    (r"Input should be less than or equal to (\S+)", r"不能大于 \1"),
)
MISTAKES: tuple[tuple[str, str], ...] = (
    (r"Missing option (.+?)\.( .*)?", r"缺少选项 \1"),
    (r"Missing argument (.+?)\.( .*)?", r"缺少参数 \1"),
    (r"Missing command\.", "没有写命令"),
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"没有选项 \1；相近的有：\2"),
    (r"No such option: (\S+)", r"没有选项 \1"),
    (r"No such command (.+?)\. Did you mean (.+)\?", r"没有命令 \1；相近的有：\2"),
    (r"No such command (.+?)\.", r"没有命令 \1"),
    (r"Got unexpected extra argument\(s\) \((.+)\)", r"多了参数：\1"),
    (r"Option (.+) requires an argument\.", r"选项 \1 后面要写值"),
    (r"Option (.+) requires (\d+) arguments\.", r"选项 \1 后面要写 \2 个值"),
    (r"Option (.+) does not take a value\.", r"选项 \1 后面不写值"),
    (r"Invalid value for (.+?): (.+)", r"\1 的值不对：\2"),
)
OWN = "Invalid value: "
"""What typer puts before a sentence of a command's own."""


def in_chinese(message: str) -> str:
    """A usage error of typer as a Chinese sentence; what is not known is passed on as it is, after a Chinese word.

    >>> in_chinese("Missing option '--chain'.")
    '缺少选项 --chain'
    >>> in_chinese("Invalid value for '--top': Input should be greater than or equal to 1")
    '--top 的值不对：不能小于 1'
    """
    if message.startswith(OWN):
        return message.removeprefix(OWN)
    for pattern, words in MISTAKES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return _value(found.expand(words).replace("'", ""))
    return f"命令写法不对：{message}"


def explain(error: TyperException) -> str:
    """The sentence, and where the right way to write the command is told; empty where the help was shown already.

    A sentence of a command's own says all that is to be said.
    """
    message = error.format_message().strip()
    context = getattr(error, "ctx", None)
    if not message:
        return ""
    if message.startswith(OWN) or context is None:
        return in_chinese(message)
    return f"{in_chinese(message)}（写法见 {context.command_path} --help）"


def _value(sentence: str) -> str:
    for pattern, words in VALUES:
        sentence = re.sub(pattern, words, sentence, count=1, flags=re.DOTALL)
    return sentence
