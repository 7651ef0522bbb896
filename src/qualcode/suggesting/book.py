"""A codebook in keys of words: the words of each entry and the terms of each code.

Owns which parts of an entry count for which code. A part that says "not here: that goes to code X"
counts for X: each clause of ``exclude`` before an arrow, and a borderline example whose decision
names another code. A word of a theme that a code below it has too counts for that code alone, so
that a theme is suggested only where none of its codes fits better.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from qualcode.errors import Problem, UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import Code, Codebook
from qualcode.suggesting.texts import Words

# a path of codes, or one name that is no part of a longer word or path
_PATH = re.compile(r"[a-z0-9_]+(?:/[a-z0-9_]+)+|(?<![^\W_])[a-z0-9_]+(?![\w/])")
_ARROW = re.compile(r"\s*(?:->|→|=>)\s*")
_OTHER_CODE = re.compile(
    r"\b(?:niet hier|eerder|not here|rather|nicht hier|pas ici)\b", re.IGNORECASE
)
_THIS_CODE = re.compile(r"\b(?:wel hier|hier om|belongs here|hierher|ici)\b", re.IGNORECASE)
_LABEL_WEIGHT = 2
"""A word of the label counts as often as this: it names what the code is about."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of one or more codes.

    Attributes:
        text: As the book has it.
        lemmas: Its lemmas; more than one for a phrase.
        keys: The keys by which its words are compared.
        codes: Columns of the codes that have it.
    """

    text: str
    lemmas: tuple[str, ...]
    keys: tuple[str, ...]
    codes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A codebook in keys of words.

    Attributes:
        codebook: The codebook itself.
        paths: Paths of the codes that may be suggested, in order; these are the columns.
        general: Whether a code has codes below it; coders use it when none of these fits.
        entries: Per code, how often each lexical word occurs in its entry, by key.
        terms: All terms, each once.
        problems: Codes with an empty entry, which are never suggested.
    """

    codebook: Codebook
    paths: tuple[str, ...]
    general: tuple[bool, ...]
    entries: tuple[Counter[str], ...]
    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]


def read_book(codebook: Codebook, words: Words) -> Book:
    """Return a codebook in keys of words; retired codes are left out.

    Raises:
        UndefinedRequestError: the codebook has no code that may be used.
    """
    codes = codebook.active
    if not codes:
        raise UndefinedRequestError(
            Message(
                "Codebook '{name}' has no codes to suggest. Add a code first.", name=codebook.name
            )
        )
    paths = tuple(code.path for code in codes)
    entries = _entries(codes, words.name, words)
    problems = tuple(
        Problem(
            Message("codebook '{name}', {path}", name=codebook.name, path=path),
            "This code says nothing, so nothing is suggested for it.",
            "Give it a definition and terms.",
        )
        for path, entry in zip(paths, entries, strict=True)
        if not entry
    )
    below = tuple(
        tuple(n for n, other_path in enumerate(paths) if other_path.startswith(path + "/"))
        for path in paths
    )
    for entry, columns in zip(entries, below, strict=True):
        for lemma in {lemma for column in columns for lemma in entries[column]}:
            entry.pop(lemma, None)
    return Book(
        codebook=codebook,
        paths=paths,
        general=tuple(bool(columns) for columns in below),
        entries=entries,
        terms=_terms(codes, below, words),
        problems=problems,
    )


def _terms(
    codes: tuple[Code, ...], below: tuple[tuple[int, ...], ...], words: Words
) -> tuple[Term, ...]:
    texts: dict[tuple[str, ...], str] = {}
    holders: dict[tuple[str, ...], list[int]] = {}
    for column, code in enumerate(codes):
        for text in code.terms:
            keys = words.keys(text)
            if keys and column not in holders.setdefault(keys, []):
                holders[keys].append(column)
                texts.setdefault(keys, text)
    return tuple(
        Term(
            texts[keys],
            words.lemmas(texts[keys]),
            keys,
            # a term of a theme and of a code below it counts for the code alone
            tuple(column for column in columns if not {*below[column]} & {*columns}),
        )
        for keys, columns in holders.items()
    )


def _entries(codes: tuple[Code, ...], language: str, words: Words) -> tuple[Counter[str], ...]:
    entries: dict[str, Counter[str]] = {code.path: Counter() for code in codes}

    def add(path: str, text: str, weight: int = 1) -> None:
        for lemma in words.lexical_keys(text):
            entries[path][lemma] += weight

    for code in codes:
        add(code.path, code.label.in_language(language), _LABEL_WEIGHT)
        for part in (code.definition, code.include, code.typical):
            add(code.path, part.in_language(language))
        for term in code.terms:
            add(code.path, term)
        for path, clause in _clauses_elsewhere(code.exclude.in_language(language)):
            if path in entries:
                add(path, clause)
        add(*_borderline(code, language, entries))
    return tuple(entries.values())


def _clauses_elsewhere(exclude: str) -> list[tuple[str, str]]:
    """Return the clauses of "clause -> path of path. Clause -> path." with each path."""
    clauses: list[tuple[str, str]] = []
    for clause, after_arrow in pairwise(_ARROW.split(exclude)):
        # the clause before an arrow begins after the full stop that ends the target before it
        text = clause.rpartition(". ")[2]
        target = after_arrow.partition(". ")[0]
        clauses.extend((path, text) for path in _PATH.findall(target))
    return clauses


def _borderline(code: Code, language: str, paths: dict[str, Counter[str]]) -> tuple[str, str]:
    """Return the code that a borderline example counts for, and its text before the decision."""
    # the last dash: an example may have dashes of its own
    example, dash, decision = code.borderline.in_language(language).rpartition("—")
    if dash and _OTHER_CODE.search(decision):
        elsewhere = [path for path in _PATH.findall(decision) if path in paths]
        if elsewhere:
            return elsewhere[0], example
    elif dash and _THIS_CODE.search(decision):
        return code.path, example
    return code.path, ""
