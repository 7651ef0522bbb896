"""The pieces of words for the bundled model are those that its own package gives."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hypothesis_examples import examples
from qualcode.suggesting import bundled_embedder
from qualcode.suggesting.embeddings import clean_text
from qualcode.suggesting.pieces import MODULE, SentencePieces, load_pieces

# the package takes more than half a second to make its table
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bundled_embedder() is None, reason="the bundled model is not installed"),
]
SAMPLE = Path(__file__).parents[2] / "transcripts_sample"
SIGNS = st.one_of(
    st.characters(),
    st.characters(max_codepoint=0x2FF),
    st.sampled_from("\u0301\u0308\u200d\ufe0f▁ \t\n\r\x0b\x00\xa0\u2028<s>é😀👩🏽ﬁ½…‘’"),
)


@pytest.fixture(scope="module")
def package() -> Any:
    """Return the tokenizer of the package."""
    path = files(MODULE).joinpath("resources", "sp.model")
    return import_module(f"{MODULE}.tokenizer").UseTokenizer(str(path))


@pytest.fixture(scope="module")
def pieces() -> SentencePieces:
    found = load_pieces()
    assert found is not None
    return found


@settings(deadline=None, max_examples=examples(2_000))
@given(st.lists(SIGNS, max_size=60))
def test_any_signs_have_the_pieces_of_the_package(
    package: Any, pieces: SentencePieces, signs: list[str]
) -> None:
    text = clean_text("".join(signs))
    assert pieces.encode(text) == package.encode(text)


def test_speech_has_the_pieces_of_the_package(package: Any, pieces: SentencePieces) -> None:
    """Dutch, English, and the pieces themselves in any order, with and without spaces."""
    spoken = [
        line
        for folder in (SAMPLE, SAMPLE.parent / "docs")
        for path in sorted(folder.glob("*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    random = Random(1)
    mixed = [joiner.join(random.choices(package._pieces, k=6)) for joiner in ("", " ") * 1_000]
    for text in (*spoken, *mixed, "", " ", "\n", "<s>", "é" * 1_000, "x" * 1_000):
        assert pieces.encode(clean_text(text)) == package.encode(clean_text(text)), text


def test_vectors_are_those_of_the_package() -> None:
    texts = ["Ik heb er veel geld aan uitgegeven.", "", "[lacht]", "A night out 😀"]
    embedder = bundled_embedder()
    assert embedder is not None
    of_package = import_module(MODULE).USE(threads=1).encode(texts)
    assert np.array_equal(embedder.embed(texts), of_package)


def test_a_vocabulary_of_another_layout_is_refused() -> None:
    """The package's own tokenizer is used then."""
    data = files(MODULE).joinpath("resources", "sp.model").read_bytes()
    for other in (b"", data[:1_000], data.replace(b"\x15", b"\x16"), b"\n\x04\n\x02ab" + data):
        with pytest.raises((ValueError, IndexError)):
            SentencePieces(other)
