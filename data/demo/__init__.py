"""The fictional demo district: places, firms, relations and projects that nobody can take for real ones."""

from data.demo.build import (
    DEMO_AS_OF,
    DEMO_BUILT_AT,
    DEMO_CHAINS,
    DEMO_HOME,
    DEMO_TITLE,
    DemoReport,
    StoreNotEmpty,
    build_demo,
)
from data.demo.clear import DemoContent, NotDemo, clear_demo, demo_content

__all__ = [
    "DEMO_AS_OF",
    "DEMO_BUILT_AT",
    "DEMO_CHAINS",
    "DEMO_HOME",
    "DEMO_TITLE",
    "DemoContent",
    "DemoReport",
    "NotDemo",
    "StoreNotEmpty",
    "build_demo",
    "clear_demo",
    "demo_content",
]
