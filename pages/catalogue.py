"""stub"""
from pages import cached
from pages.components.frame import header
def page() -> None:
    """Draw the page."""
    header("catalogue", "…", cached.context())
