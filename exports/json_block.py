"""JSON inside a page."""

from __future__ import annotations

import json
import re
from typing import Any


def json_block(value: Any) -> str:
    """JSON that can stand inside a ``script`` element: no character of it can end the element or open another."""
    written = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return re.sub(r"[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", written)
