"""The suggesters that need more than a codebook: examples and meaning."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from qualcode.errors import MissingExtraError, UnreadableFileError
from qualcode.language import load_language
from qualcode.suggesting import (
    CodedPassage,
    ExamplesSuggester,
    MeaningSuggester,
    Ranker,
    SegmentText,
    load_embedder,
)
from small_book import BOOK

NL = load_language("nl")
RANKER = Ranker(BOOK, NL)
MONEY, WORK = "influences/finances", "influences/work_settings"


def coded(text: str, code: str) -> CodedPassage:
    return CodedPassage(SegmentText("s", text), "G1", frozenset({code}))


EXAMPLES = [
    *(coded(f"zakgeld en fooi, avond {n}", MONEY) for n in range(6)),
    *(coded(f"op kantoor tot laat, avond {n}", WORK) for n in range(6)),
    coded("een kliniek", "users/cutting_down"),
]


def scores(suggester: ExamplesSuggester | MeaningSuggester, *texts: str) -> np.ndarray:
    concordance = RANKER.read([SegmentText(str(n), text) for n, text in enumerate(texts)])
    return suggester.score(concordance)


def column(path: str) -> int:
    return RANKER.book.paths.index(path)


def test_examples_lift_the_code_of_passages_alike() -> None:
    table = scores(ExamplesSuggester(BOOK.paths, EXAMPLES), "al mijn fooi ging eraan op")
    assert table[0].argmax() == column(MONEY)


def test_a_code_with_few_examples_is_left_alone() -> None:
    suggester = ExamplesSuggester(BOOK.paths, EXAMPLES)
    assert suggester.codes == (MONEY, WORK)
    assert not scores(suggester, "een kliniek")[0, column("users/cutting_down")]


@pytest.mark.parametrize("examples", [[], [coded("  ", MONEY)]])
def test_without_examples_nothing_is_said(examples: list[CodedPassage]) -> None:
    assert not scores(ExamplesSuggester(BOOK.paths, examples), "fooi").any()


def test_a_text_without_any_known_word_is_like_nobodys_examples() -> None:
    assert not scores(ExamplesSuggester(BOOK.paths, EXAMPLES), "🙂", "").any()


@pytest.mark.parametrize("accepted", [True, False])
def test_accepting_and_rejecting_are_learned_from_at_once(accepted: bool) -> None:
    suggester = ExamplesSuggester(BOOK.paths, EXAMPLES)
    text = "zakgeld op kantoor"
    before = scores(suggester, text)[0, column(MONEY)]
    version = suggester.version
    for _ in range(20):
        suggester.learn(text, MONEY, accepted=accepted)
    after = scores(suggester, text)[0, column(MONEY)]
    assert after > before if accepted else after < before
    assert suggester.version != version


def test_examples_join_the_ranking_with_their_reason() -> None:
    ranker = RANKER.with_suggesters(ExamplesSuggester(BOOK.paths, EXAMPLES))
    best = ranker.rank([SegmentText("s", "al die fooi")]).of(0)[0]
    assert best.code == MONEY
    assert f"like passages coded '{MONEY}'" in best.because


class Letters:
    """An embedder that knows texts by their letters."""

    name = "letters"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        alphabet = "abcdefghijklmnopqrstuvwxyz"
        return np.array([[t.lower().count(c) for c in alphabet] for t in texts], dtype=np.float32)


def test_meaning_ranks_the_entry_that_lies_nearest() -> None:
    suggester = MeaningSuggester(RANKER.book, Letters())
    table = scores(suggester, "Geld. Wat iemand uitgeeft", "")
    assert table[0].argmax() == column(MONEY)
    assert np.isfinite(table).all()


def test_each_text_is_embedded_once() -> None:
    embedder = Letters()
    suggester = MeaningSuggester(RANKER.book, embedder)
    scores(suggester, "een", "twee")
    scores(suggester, "twee", "drie", "\ud800")
    assert embedder.asked[-4:] == ["een", "twee", "drie", "\ud800"]


def test_the_version_names_the_model() -> None:
    assert MeaningSuggester(RANKER.book, Letters()).version == "1+letters"


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="holds no embedding model"):
        load_embedder(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("files", "package", "install"),
    [
        (("config.json", "model.safetensors"), "model2vec", r"qualcode\[semantic\]"),
        (("modules.json",), "sentence_transformers", "sentence-transformers"),
    ],
)
def test_a_missing_package_is_named_with_what_to_install(
    files: tuple[str, ...],
    package: str,
    install: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in files:
        (tmp_path / name).write_text("{}", encoding="utf-8")
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=install):
        load_embedder(tmp_path)
