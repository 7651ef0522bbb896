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
    Vectors,
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


def test_few_examples_say_little_and_many_say_more() -> None:
    few = scores(ExamplesSuggester(BOOK.paths, EXAMPLES[4:8]), "al mijn fooi ging eraan op")
    many = scores(ExamplesSuggester(BOOK.paths, EXAMPLES), "al mijn fooi ging eraan op")
    assert 0 < few[0, column(MONEY)] < many[0, column(MONEY)]


@pytest.mark.parametrize("examples", [[], [coded("  ", MONEY)]])
def test_without_examples_nothing_is_said(examples: list[CodedPassage]) -> None:
    assert not scores(ExamplesSuggester(BOOK.paths, examples), "fooi").any()


def test_a_text_without_any_known_word_is_like_nobodys_examples() -> None:
    assert not scores(ExamplesSuggester(BOOK.paths, EXAMPLES), "🙂", "").any()


def test_a_rejected_suggestion_speaks_against_its_code_only() -> None:
    text = "zakgeld op kantoor"
    rejected = CodedPassage(SegmentText("r", text), "G1", frozenset(), frozenset({MONEY}))
    before = scores(ExamplesSuggester(BOOK.paths, EXAMPLES), text)[0]
    after = scores(ExamplesSuggester(BOOK.paths, [*EXAMPLES, rejected]), text)[0]
    assert after[column(MONEY)] < before[column(MONEY)]
    assert after[column(WORK)] > before[column(WORK)] - 0.01


def test_sentences_left_uncoded_say_that_nothing_applies() -> None:
    uncoded = [
        CodedPassage(SegmentText("u", f"de hond moet nog uit, {n}"), "G1", frozenset())
        for n in range(6)
    ]
    suggester = ExamplesSuggester(BOOK.paths, [*EXAMPLES, *uncoded])
    _scores, nothing = suggester.judge(["de hond moet uit", "zakgeld en fooi"])
    assert nothing[0] > 0 > nothing[1]


def test_an_interview_is_judged_without_its_own_passages_as_if_it_had_not_been_there() -> None:
    """The closed form of leaving one interview out equals training without it."""
    other = [
        CodedPassage(SegmentText(f"o{n}", text), "G2", frozenset({code}))
        for n, (text, code) in enumerate(
            [("fooi van de avond", MONEY), ("kantoor en laat", WORK), ("nog een avond", WORK)]
        )
    ]
    suggester = ExamplesSuggester(BOOK.paths, [*EXAMPLES, *other])
    texts = ["fooi op kantoor", "avond"]
    weights = suggester._weights_without("G2")
    rows = [n for n, p in enumerate(suggester._passages) if p.transcript == "G2"]
    assert not weights[rows].any()
    kept = np.delete(np.arange(len(suggester._passages)), rows)
    inverse = np.linalg.inv(np.linalg.inv(suggester._inverse)[np.ix_(kept, kept)])
    target = np.linalg.inv(suggester._inverse) @ suggester._weights
    assert weights[kept] == pytest.approx(inverse @ target[kept])
    own, _ = suggester.judge(texts)
    without, _ = suggester.judge(texts, ["G2", "G2"])
    assert np.abs(own - without).max() > 0.001


def test_examples_join_the_ranking_with_their_reason() -> None:
    ranker = RANKER.learn(EXAMPLES * 10)
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
    suggester = MeaningSuggester(RANKER.book, Vectors(Letters()), "nl")
    table = scores(suggester, "Geld. Wat iemand uitgeeft", "")
    assert table[0].argmax() == column(MONEY)
    assert np.isfinite(table).all()
    assert not table[1].any()


def test_each_text_is_embedded_once_and_cleaned() -> None:
    embedder = Letters()
    vectors = Vectors(embedder)
    vectors.of(["een", "twee"])
    vectors.of(["twee", "drie", "a\ud800b", "x" * 5000])
    assert embedder.asked == ["een", "twee", "drie", "a?b", "x" * 1000]


def test_the_version_names_the_model() -> None:
    assert MeaningSuggester(RANKER.book, Vectors(Letters()), "nl").version == "2+letters"


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
