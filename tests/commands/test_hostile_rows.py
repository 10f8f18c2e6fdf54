"""Three hundred hostile texts as JSON on the screen and through a stand-alone match into parquet: every one comes back."""

from __future__ import annotations

import json

import polars as pl
from typer.testing import CliRunner

from commands.app import app
from commands.common import print_json
from tests.exports.hostile import HOSTILE

WHOLE = tuple(text for text in HOSTILE if text.encode("utf-8", "ignore").decode("utf-8") == text)
"""Those without halves of a pair, which no parquet file can hold either."""


def test_json_holds_every_text(capsys):
    print_json({"rows": list(WHOLE)})

    assert json.loads(capsys.readouterr().out)["rows"] == list(WHOLE)


def test_a_hostile_firm_is_matched_and_written_like_any_other(tmp_path):
    firms, segments, out = (tmp_path / name for name in ("f.parquet", "s.json", "o.parquet"))
    scopes = [f"轴承制造；{text}" for text in WHOLE]
    codes = [f"f{at}" for at in range(len(WHOLE))]
    pl.DataFrame({"uscc": codes, "name": list(WHOLE), "scope": scopes}).write_parquet(firms)
    segments.write_text(
        json.dumps([{"id": "bearing", "name": "轴承", "definition": "轴承的生产", "keywords": ["轴承"]}]),
        encoding="utf-8",
    )

    done = CliRunner().invoke(app, ["match", "--segments", str(segments), "--firms", str(firms), "--out", str(out)])

    assert done.exit_code == 0, done.output
    rows = pl.read_parquet(out)
    assert sorted(rows["uscc"].to_list()) == sorted(codes)
    assert rows["evidence"].str.contains("轴承制造").all()
