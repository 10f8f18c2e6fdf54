"""Chain packages back to YAML: a text whose loading gives the same chain, with references to shared segments kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml

from chains.model import Chain

_WIDTH = 10_000
"""Long lists of keywords stay on one line, so that two versions compare line by line."""


def as_written(chain: Chain) -> Chain:
    """The chain as its package says it: without the segments and sources that its references bring in.

    Segments of other packages stay references (``shared``); ``chains.shared.with_shared`` is the way back.
    """
    borrowed = {source for segment in chain.segments if segment.shared_from for source in segment.sources}
    own = tuple(segment for segment in chain.segments if not segment.shared_from)
    sources = tuple(source for source in chain.sources if source.id not in borrowed)
    return chain.model_copy(update={"segments": own, "sources": sources})


def written_fields(chain: Chain) -> dict[str, Any]:
    """The package as plain values, what is left at its default left out; the order is that of the model."""
    return as_written(chain).model_dump(mode="json", exclude_defaults=True) | {"valid_from": chain.valid_from}


def chain_yaml(chain: Chain, comment: str = "") -> str:
    """The package of a chain as YAML text: ``load_text(chain_yaml(chain), …) == chain``.

    Parameters
    ----------
    comment : lines put above, each behind a ``#``
    """
    return fields_yaml(written_fields(chain), comment)


def fields_yaml(fields: dict[str, Any], comment: str = "") -> str:
    """A package's plain values (in the order of the model) as YAML text, whether they are a valid package or not."""
    body = yaml.dump(
        fields | _day(fields),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=_WIDTH,
    )
    return "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines()) + body


def _day(fields: dict[str, Any]) -> dict[str, Any]:
    """The date as a date, which YAML writes without quotes."""
    given = fields.get("valid_from")
    try:
        return {"valid_from": date.fromisoformat(given)} if isinstance(given, str) else {}
    except ValueError:
        return {}


class _Dumper(yaml.SafeDumper):
    """Lists of a block stand two spaces in, as in the packages written by hand; equal values are written twice."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Never without an indent."""
        del indentless
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        """No anchors."""
        del data
        return True

    def represent_text(self, data: str) -> yaml.ScalarNode:
        """Text with marks that some take for line ends (U+0085, U+2028) is quoted, so that they are written as escapes."""
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=None if data.isprintable() else '"')


_Dumper.add_representer(str, _Dumper.represent_text)
