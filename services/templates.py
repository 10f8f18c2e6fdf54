"""Templates of catalogues in the store: a text is checked before it is kept, and what is not kept is the program's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chains.model import Chain
from data.store import Store
from exports.document.talks import Talks, read_talks, usual_talks
from exports.logo import check_logo
from exports.profiles import Profile
from exports.template import Template, packaged, read_template
from services.audit import record

LOGO = "logo"


@dataclass(frozen=True)
class Templates:
    """How a catalogue of a chain looks for a reader."""

    template: Template
    talks: Talks
    logo: bytes


def templates_of(store: Store, chain: Chain, profile: Profile) -> Templates:
    """The templates in force. Raises BrokenTemplate where one that was kept no longer fits the chain."""
    return Templates(
        read_template(template_text(store, profile), profile),
        talks_of(talks_text(store, chain), chain),
        logo_of(store),
    )


def template_text(store: Store, profile: Profile) -> str:
    """The template of a profile: the one that was kept, or the program's own."""
    kept = _kept(store, profile.key)
    return packaged(profile.key) if kept is None else kept.decode("utf-8")


def talks_text(store: Store, chain: Chain) -> str:
    """The talking points of a chain: those that were kept, or the usual ones."""
    kept = _kept(store, talks_name(chain))
    return usual_talks(_segments(chain)) if kept is None else kept.decode("utf-8")


def talks_of(text: str, chain: Chain) -> Talks:
    """Talking points of a chain from their text. Raises BrokenTemplate."""
    return read_talks(text, _segments(chain))


def logo_of(store: Store) -> bytes:
    """The picture of the front page, empty for none."""
    return _kept(store, LOGO) or b""


def keep_template(store: Store, profile: Profile, text: str, *, actor: str, at: datetime) -> None:
    """Keep a profile's template. Raises BrokenTemplate."""
    read_template(text, profile)
    _keep(store, profile.key, text.encode("utf-8"), actor, at)


def keep_talks(store: Store, chain: Chain, text: str, *, actor: str, at: datetime) -> None:
    """Keep a chain's talking points. Raises BrokenTemplate."""
    talks_of(text, chain)
    _keep(store, talks_name(chain), text.encode("utf-8"), actor, at)


def keep_logo(store: Store, picture: bytes, *, actor: str, at: datetime) -> None:
    """Keep the picture of the front page. Raises UnusableLogo."""
    check_logo(picture)
    _keep(store, LOGO, picture, actor, at)


def forget_template(store: Store, profile: Profile, *, actor: str, at: datetime) -> None:
    """Go back to the program's own template of a profile."""
    _forget(store, profile.key, actor, at)


def forget_talks(store: Store, chain: Chain, *, actor: str, at: datetime) -> None:
    """Go back to the usual talking points of a chain."""
    _forget(store, talks_name(chain), actor, at)


def forget_logo(store: Store, *, actor: str, at: datetime) -> None:
    """Have no picture on the front page."""
    _forget(store, LOGO, actor, at)


def told_of(store: Store, name: str) -> tuple[datetime, str] | None:
    """When a template was changed and by whom; None for the program's own."""
    found = store.rows("SELECT changed_at, changed_by FROM template WHERE name = ?", [name])
    return found[0] if found else None


def talks_name(chain: Chain) -> str:
    """The name under which the talking points of a chain are kept."""
    return f"talks/{chain.id}"


def _segments(chain: Chain) -> dict[str, str]:
    return {segment.name: segment.id for segment in chain.segments}


def _kept(store: Store, name: str) -> bytes | None:
    found = store.rows("SELECT content FROM template WHERE name = ?", [name])
    return bytes(found[0][0]) if found else None


def _keep(store: Store, name: str, content: bytes, actor: str, at: datetime) -> None:
    with store.write() as cursor:
        cursor.execute("DELETE FROM template WHERE name = ?", [name])
        cursor.execute("INSERT INTO template VALUES (?, ?, ?, ?)", [name, content, at, actor])
        record(cursor, at, actor, "template_keep", name)


def _forget(store: Store, name: str, actor: str, at: datetime) -> None:
    with store.write() as cursor:
        cursor.execute("DELETE FROM template WHERE name = ?", [name])
        record(cursor, at, actor, "template_forget", name)
