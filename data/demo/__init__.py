"""The fictional demo district: places, firms, relations and projects that nobody can take for real ones."""

from data.demo.build import DEMO_AS_OF, DEMO_BUILT_AT, DEMO_HOME, DEMO_TITLE, DemoReport, StoreNotEmpty, build_demo

__all__ = ["DEMO_AS_OF", "DEMO_BUILT_AT", "DEMO_HOME", "DEMO_TITLE", "DemoReport", "StoreNotEmpty", "build_demo"]
