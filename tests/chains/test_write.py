"""A chain written back to YAML is the same chain, and what other packages own stays a reference."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chains.load import chain_ids, load_chain, load_text
from chains.model import Chain
from chains.write import as_written, chain_yaml
from tests.chains.tiny import chain_fields, chain_with, segment_fields, tiny_chain

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(lambda word: word.strip())


@pytest.mark.parametrize("chain_id", chain_ids())
def test_a_shipped_package_written_back_loads_as_the_same_chain(chain_id: str) -> None:
    chain = load_chain(chain_id)

    assert load_text(chain_yaml(chain), f"{chain_id}.yaml") == chain


@given(st.lists(WORDS, min_size=1, max_size=4), WORDS, st.floats(0.0001, 1))
def test_any_words_and_weights_survive(keywords: list[str], text: str, weight: float) -> None:
    chain = chain_with(keywords=keywords, definition=text, name=text, rare=text, site={"land": text})
    edges = ({"supplier": "powder", "user": "part", "weight": weight, "source": "common"},)
    chain = Chain.model_validate(chain.model_dump() | {"edges": edges})

    assert load_text(chain_yaml(chain, "第一行\n第二行"), "tiny.yaml") == chain


def test_references_to_shared_segments_are_kept_and_never_inlined() -> None:
    reference = {"id": "my_part", "package": "powder_metallurgy", "segment": "pm_iron_powder", "stage": "up"}
    text = yaml.safe_dump(chain_fields(shared=[reference]), allow_unicode=True)
    chain = load_text(text, "tiny.yaml")

    written = yaml.safe_load(chain_yaml(chain))

    assert written["shared"] == [reference]
    assert [segment["id"] for segment in written["segments"]] == ["powder", "press", "part"]
    assert written["sources"] == [{"id": "common", "title": "领域常识"}]
    assert load_text(chain_yaml(chain), "tiny.yaml") == chain
    assert as_written(chain).segments == tiny_chain().segments


def test_lists_stand_on_one_line_and_what_is_not_said_is_not_written() -> None:
    text = chain_yaml(
        Chain.model_validate(chain_fields(segments=[segment_fields("powder", keywords=["铁粉", "钢粉"])]))
    )

    assert "    keywords: [铁粉, 钢粉]\n" in text
    assert "valid_from: 2026-01-01\n" in text
    assert "known_firms" not in text
    assert "offices" not in text
