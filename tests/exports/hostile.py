"""Three hundred texts that have broken exports elsewhere: each alone, and each a little different from the others."""

from __future__ import annotations

_FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.invalid","y")', "=IMPORTXML(A1)",
             "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "'=1", '"=1', ";=1", "=\x00 1", "%0A=1", "=DDE('a')", "{=1}", "<=1"]  # fmt: skip
_LINKS = ["http://x.invalid/a?b=1&c=2", "https://x.invalid", "ftp://x.invalid", "mailto:a@x.invalid", "file:///etc/passwd",
          "\\\\server\\share", "internal:Sheet1!A1", "external:c.xlsx", "www.x.invalid", "javascript:alert(1)", "[a](http://x)",
          "data:text/html,<b>x</b>", "//x.invalid", "tel:123", "sms:1"]  # fmt: skip
_CONTROLS = [f"前{chr(code)}后" for code in (*range(0x20), 0x7F, *range(0x80, 0xA0))]
_LONG = ["长" * 32_768, "x" * 40_000, "😀" * 17_000]
_DIRECTIONS = [
    f"前{sign}gpj.exe后" for sign in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
]
_ARABIC = ["شركة", "חברה", "شركة abc 公司", "١٢٣"]
_ZERO_WIDTH = [f"零{sign}宽" for sign in "\u200b\u200c\u200d\u2060\ufeff\u00ad"]
_EMOJI = ["😀", "👩‍👩‍👧", "🇨🇳", "1️⃣", "☃️", "🀄", "😀=1", "e\u0301", "Z͑ͫ̓ͪ̂", "𠮷野家", "㍿", "﷽", "ﬁ"]
_HTML = ["<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
         "<!--", "-->", "]]>", "<![CDATA[x]]>", "</td></tr></table>", "<a href='http://x'>x</a>", '" onmouseover="alert(1)',
         "' onclick='alert(1)", "<iframe src=//x>", "<base href=//x>", "<style>*{display:none}</style>", "</style>", "</title>",
         "<meta http-equiv=refresh content=0>", "{{7*7}}", "${7*7}", "<%= 7 %>", "&lt;b&gt;", "&amp;", "&#60;", "&nbsp;",
         "javascript&colon;alert(1)", "<x:y xmlns:x='z'/>", "<form action=//x>"]  # fmt: skip
_TYPST = ["#import \"@preview/x:1.0.0\": *", "#panic()", "#read(\"/etc/passwd\")", "#{1+1}", "$x^2$", "*粗*", "_斜_", "= 标题", "- 项",
          "#link(\"http://x\")[y]", "`raw`", "<label>", "@ref", "//注释", "/* */", "\\u{41}", "#let x = 1", "#sys.inputs", "[#x]", "~"]  # fmt: skip
_WORD = [
    "<w:p/>",
    "_x0041_",
    "_x000D_",
    "_x005F_",
    '{ HYPERLINK "http://x" }',
    "{PAGE}",
    "INCLUDETEXT c:\\\\x",
    "«字段»",
    "^p",
    "\x0b",
    "\x0c",
]
_XML = [
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
    "&y;",
    "<?xml version='1.0'?>",
    "<?php echo 1 ?>",
    "&#x0;",
    "&#xFFFF;",
]
_SQL = [
    "'; DROP TABLE firm; --",
    "' OR 1=1 --",
    '" OR ""="',
    "$1",
    ":name",
    "?",
    "%s",
    "{0}",
    "{name}",
    "{",
    "}",
    "\\",
    "\\'",
    "--",
    "/**/",
]
_LONE = ["前\ud800后", "\udfff", "\ud83d", "\ufffe", "\uffff", "\ufdd0", "\ufffd", "\U0001fffe"]
_NOTHING = [
    "nan",
    "None",
    "NULL",
    "NaT",
    "无数据",
    "0",
    "TRUE",
    "1e9",
    "00123",
    "2026-01-01",
    "1/2",
    "#N/A",
    "#REF!",
    "３",
    "　",
    "。",
    "-",
    "…",
]
_BREAKS = [
    "a\nb",
    "a\r\nb",
    "a\rb",
    "a\u2028b",
    "a\u2029b",
    "a\x85b",
    "a\tb",
    "a\u00a0b",
    "a\u3000b",
    "a  b",
    " a",
    "a ",
]

_KINDS = (_FORMULAS, _LINKS, _CONTROLS, _DIRECTIONS, _ARABIC, _ZERO_WIDTH, _EMOJI, _HTML, _TYPST, _WORD, _XML, _SQL, _LONE,
          _NOTHING, _BREAKS)  # fmt: skip
_SHORT = [text for kind in _KINDS for text in kind]
HOSTILE = (*[*_SHORT, *(f"{text}#{number}" for number, text in enumerate(_SHORT))][: 300 - len(_LONG)], *_LONG)
