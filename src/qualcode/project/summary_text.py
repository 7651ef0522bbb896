"""The text of a summary: its sentences, and the passages that are named after them.

A sentence names the passages it rests on in brackets: ``Works at night. [3fa91c02, 77b0d1ee]``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from qualcode.model import Span
from qualcode.model.framework import SummarySentence
from qualcode.segmenting import split_sentences

# Eight, as ids are shown: a year in brackets has four digits.
_ID = r"[0-9a-f]{8,32}"
_MARKS = re.compile(rf"\s*\[({_ID}(?:\s*[,;]\s*{_ID})*)\]")
_SAME_SENTENCE = 0.6
"""From this likeness on, a sentence is the old one in better words and keeps its passages."""

FindCodings = Callable[[Sequence[str]], tuple[str, ...]]
"""Returns the ids of codings by what they begin with."""


def parse_summary(text: str, language: str, find: FindCodings) -> tuple[SummarySentence, ...]:
    """Return the sentences of a text with the passages that they name.

    Args:
        text: The text.
        language: Code of its language.
        find: Finds the codings; raises where there is none.
    """
    plain, places, links = "", [], []
    edge = 0
    text = " ".join(text.split())
    for match in _MARKS.finditer(text):
        plain += text[edge : match.start()]
        edge = match.end()
        # A mark belongs to the words before it, whether a full stop stands before or after it.
        places.append(max(len(plain) - 1, 0))
        links.append(find(re.split(r"\s*[,;]\s*", match.group(1))))
    plain = (plain + text[edge:]).rstrip()
    codings: dict[int, list[str]] = {}
    starts = [span.start for span in split_sentences(plain, Span(0, len(plain)), language)]
    # What the division leaves out between sentences, such as "Motives:", is the author's text too.
    starts = [0, *starts[1:]] if plain else []
    for place, ids in zip(places, links, strict=True):
        number = sum(start <= place for start in starts) - 1
        codings.setdefault(number, []).extend(ids)
    ends = [*starts[1:], len(plain)]
    return tuple(
        SummarySentence(plain[start:end].strip(), tuple(dict.fromkeys(codings.get(number, ()))))
        for number, (start, end) in enumerate(zip(starts, ends, strict=False))
    )


def keep_links(
    sentences: Sequence[SummarySentence], before: Sequence[SummarySentence]
) -> tuple[SummarySentence, ...]:
    """Return sentences with the passages that they had in an earlier text.

    A sentence is the same if its words are, or most of them.

    Args:
        sentences: The new text.
        before: The old one.
    """
    remaining = [old for old in before if old.codings]
    kept = list(sentences)
    for is_same in (_has_same_words, _is_like):
        for place, sentence in enumerate(kept):
            old = next((o for o in remaining if is_same(o.text, sentence.text)), None)
            if old is not None:
                remaining.remove(old)
                ids = dict.fromkeys((*sentence.codings, *old.codings))
                kept[place] = SummarySentence(sentence.text, tuple(ids))
    return tuple(kept)


def _has_same_words(old: str, new: str) -> bool:
    return old == new


def _is_like(old: str, new: str) -> bool:
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _SAME_SENTENCE


def format_summary(sentences: Sequence[SummarySentence]) -> str:
    """Return a text in which each sentence names its passages, as :func:`parse_summary` reads."""
    return " ".join(
        f"{s.text} [{', '.join(key[:8] for key in s.codings)}]" if s.codings else s.text
        for s in sentences
    )
