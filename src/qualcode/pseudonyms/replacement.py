"""Applies decisions on names: computes the edits of one text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from qualcode.model import Span
from qualcode.pseudonyms.detection import NOTE, KnownNames, Rules
from qualcode.pseudonyms.edit_map import Edit, EditMap
from qualcode.pseudonyms.patterns import find_patterns
from qualcode.pseudonyms.values import IN_CONTEXT, Finding, NameEntry, NameKey, NameKind


class Replacer:
    """Replaces the names of a key in any text of the project.

    Names are replaced at every place where they are whole words; ages and dates only where the
    rules find them, because 'twintig' is not always an age.

    Args:
        key: The decisions.
        rules: Settings for finding ages and dates.
    """

    def __init__(self, key: NameKey, rules: Rules | None = None) -> None:
        self._by_key = {(entry.text, entry.kind): entry for entry in key.replaced}
        self._known = KnownNames(e for e in key.replaced if e.kind not in IN_CONTEXT)
        # Ages and dates are found by their form alone: a language model has no part in it.
        self._rules = replace(rules or Rules(), entities=None)

    def edits(self, text: str, edges: Iterable[int] = ()) -> EditMap:
        """Return the edits of a text.

        Args:
            text: Any text of the project.
            edges: Positions that no replacement may cross: starts and ends of turns.
        """
        inside = sorted({*edges, 0, len(text)})
        parts = pairwise(inside)
        return EditMap(edit for start, end in parts for edit in self._of_part(text, start, end))

    def rewrite(self, text: str) -> str:
        """Return a text with its names replaced."""
        return self.edits(text).apply(text)

    def _of_part(self, text: str, start: int, end: int) -> Iterable[Edit]:
        part = text[start:end]
        notes = [Span(*note.span()) for note in NOTE.finditer(part)]
        covered: list[Span] = []
        for name_finding in (*self._known.find(part), *self._in_context(part)):
            if any(name_finding.span.overlaps(span_before) for span_before in covered):
                continue
            covered.append(name_finding.span)
            entry = self._by_key[name_finding.text, name_finding.kind]
            # Within a note in brackets, a second pair of brackets would be read as a nested note.
            within = any(note.contains(name_finding.span) for note in notes)
            words = entry.replacement[1:-1] if within else entry.replacement
            span = name_finding.span
            yield Edit(Span(start + span.start, start + span.end), words)

    def _in_context(self, part: str) -> Iterable[Finding]:
        if not any(kind in IN_CONTEXT for _, kind in self._by_key):
            return ()
        return (
            name_finding
            for name_finding in find_patterns(part, self._rules.is_word)
            if name_finding.kind in IN_CONTEXT
            and (name_finding.text, name_finding.kind) in self._by_key
        )


def entry_for(text: str, kind: NameKind, replacement: str) -> NameEntry:
    """Return a decision; a replacement without brackets gets them."""
    words = replacement.strip()
    if words and not words.startswith("["):
        words = f"[{words}]"
    return NameEntry(text, kind, words)
