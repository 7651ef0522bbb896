"""Real files of other programs give the counts and the passages that are known of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from qualcode.importing.refi import exchange_as_json, read_refi
from refi_files import INTEROP

pytestmark = pytest.mark.skipif(not INTEROP.is_dir(), reason="no ../shared/interop")
NAMES = (
    "qdpx/atlasti23win_codes_only.qdpx",
    "qdpx/nvivo12win_masked.qdpx",
    "qdpx/qualcoder39_mannheimer_masked.qdpx",
)


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((INTEROP / "expected.json").read_text())["projects"][name]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_counts_are_those_that_are_known(name: str) -> None:
    read = exchange_as_json(read_refi(INTEROP / name))
    known = expected(name)
    assert read["sources"] == sum(known["sources"].values())
    for ours, theirs in (("codes", "codes"), ("codings", "codings"), ("coders", "users")):
        assert read[ours] == known[theirs], ours
    assert all(loss["kind"] == "taken" for loss in read["losses"])


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES[1:])
def test_codings_stand_on_their_words_with_their_code_and_coder(name: str) -> None:
    read = exchange_as_json(read_refi(INTEROP / name), full=True)
    known = expected(name)
    keys = ("source", "start", "end", "code", "coder")
    quotes = {tuple(c[key] for key in keys): c["quote"] for c in read["codings"]}
    for span in known["spans_sample"]:
        place = (span["source"], span["start"], span["end"], span["code"], span["user"])
        beginning, _, end = span["text"].partition(" […] ")
        assert quotes[place].startswith(beginning)
        assert quotes[place].endswith(end)
        assert len(quotes[place]) == span["text_len"]
    by_coder = {u: sum(c["coder"] == u for c in read["codings"]) for u in known["codings_by_user"]}
    assert by_coder == known["codings_by_user"]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES[1:])
def test_the_way_positions_are_counted_is_found(name: str) -> None:
    read = exchange_as_json(read_refi(INTEROP / name))
    known = expected(name)["positions"]
    found = read["convention"]
    assert {key: found[key] for key in ("unit", "newline", "end")} == {
        key: known[key] for key in ("unit", "newline", "end")
    }
    assert read["score"] > 0.95
