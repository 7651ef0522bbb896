"""Decisions on names turned into the edits of one text."""

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
    """Finds what a key says to replace, in any text of the project.

    Names are replaced wherever they stand as words of their own; ages and dates only where the
    rules find them as such, because 'twintig' is not an age everywhere.

    Args:
        key: What was decided.
        rules: What ages and dates are found by.
    """

    def __init__(self, key: NameKey, rules: Rules | None = None) -> None:
        self._by_key = {(entry.text, entry.kind): entry for entry in key.replaced}
        self._known = KnownNames(e for e in key.replaced if e.kind not in IN_CONTEXT)
        self._rules = replace(rules or Rules(), entities=None)

    def edits(self, text: str, edges: Iterable[int] = ()) -> EditMap:
        """Return the edits of a text.

        Args:
            text: Any text of the project.
            edges: Positions that no replacement may cross: where turns begin and end.
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
        taken: list[Span] = []
        for finding in (*self._known.find(part), *self._in_context(part)):
            if any(finding.span.overlaps(other) for other in taken):
                continue
            taken.append(finding.span)
            entry = self._by_key[finding.text, finding.kind]
            within = any(note.contains(finding.span) for note in notes)
            words = entry.replacement[1:-1] if within else entry.replacement
            span = finding.span
            yield Edit(Span(start + span.start, start + span.end), words)

    def _in_context(self, part: str) -> Iterable[Finding]:
        if not any(kind in IN_CONTEXT for _, kind in self._by_key):
            return ()
        return (
            finding
            for finding in find_patterns(part, self._rules.is_word)
            if finding.kind in IN_CONTEXT and (finding.text, finding.kind) in self._by_key
        )


def entry_for(text: str, kind: NameKind, replacement: str) -> NameEntry:
    """Return a decision; a replacement without brackets gets them."""
    words = replacement.strip()
    if words and not words.startswith("["):
        words = f"[{words}]"
    return NameEntry(text, kind, words)
