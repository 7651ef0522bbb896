"""Columns of tables by their keys: the title in the language, and how values are printed."""

from __future__ import annotations

from qualcode.exporting.document.blocks import Column, Kind
from qualcode.exporting.words import Words

_KEYS = {
    Kind.LONG: (
        "quote memo before after text in_words warnings description reason quotes_a quotes_b old "
        "new"
    ),
    Kind.COUNT: (
        "turn start end cases cases_of of codings inside outside of_inside of_outside together "
        "first_count second_count words coded_words new_codes known_codes run_length "
        "reached_after only_a only_b both neither units codebook_version "
        "number count"
    ),
    Kind.FIGURE: (
        "difference low high z log_odds c_coefficient score threshold positive_agreement kappa "
        "percentage observed"
    ),
    Kind.SHARE: "words_share share adopted",
}
_KINDS = {key: kind for kind, keys in _KEYS.items() for key in keys.split()}


def columns(words: Words, keys: str) -> tuple[Column, ...]:
    """Return the columns of a list of keys, such as ``"theme code quote"``."""
    return tuple(
        Column(key, words(f"col_{key}"), _KINDS.get(key, Kind.TEXT)) for key in keys.split()
    )
