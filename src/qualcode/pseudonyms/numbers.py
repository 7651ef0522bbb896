"""Dutch number words from one to ninety-nine, with their values."""

from __future__ import annotations

_ONES = "een twee drie vier vijf zes zeven acht negen".split()
_TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()


def _number_words() -> dict[str, int]:
    words = {word: number for number, word in enumerate(_ONES, 1)} | {"één": 1}
    words |= {word: number for number, word in enumerate(_TEENS, 10)}
    for ten, word in enumerate(_TENS, 2):
        words[word] = ten * 10
        for unit, before in enumerate(_ONES, 1):
            # Spelling: "drieëntwintig", but "vierentwintig".
            joint = "ën" if before.endswith("e") else "en"
            words[f"{before}{joint}{word}"] = ten * 10 + unit
    return words


NUMBER_WORDS = _number_words()
"""The value of each number word in lower case."""
ALTERNATIVES = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
"""The words as alternatives of a regular expression, the longest first."""


def value_of(text: str) -> int | None:
    """Return the value of digits or a number word; None for other text."""
    return int(text) if text.isdecimal() else NUMBER_WORDS.get(text.casefold())
