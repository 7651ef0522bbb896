"""Interviews that are called after a person: their name is printed wherever a quote comes from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.errors import Problem
from qualcode.messages import Message
from qualcode.pseudonyms import load_lists

if TYPE_CHECKING:
    from qualcode.importing import ReadResult

_WORD = re.compile(r"[^\W\d_]{3,}")
# "FatimaBakker" is written as one word in names of files.
_INNER_CAPITAL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_MONTHS = frozenset({"april", "june", "juni", "august", "mei", "may"})
"""First names that stand in a name of a file as a date."""


def people_in_name(name: str, language: str = "nl") -> tuple[str, ...]:
    """Return the words in the name of an interview that are names of people, as they stand there.

    A first name counts, and a surname right after it. Dutch names are searched for in interviews
    of every language.
    """
    names, other_lists = load_lists("nl"), load_lists(language)
    first_names = (names.first_names | other_lists.first_names) - _MONTHS
    surnames = names.surnames | other_lists.surnames
    people: list[str] = []
    after_name = False
    for word in _WORD.findall(_INNER_CAPITAL.sub(" ", name)):
        low = word.casefold()
        is_name = low in first_names or (after_name and low in surnames)
        # A word such as "van" or "der" does not end a name.
        after_name = is_name or (after_name and len(word) == 3)
        if is_name:
            people.append(word)
    return tuple(dict.fromkeys(people))


def with_name_warning(read: ReadResult) -> ReadResult:
    """Return a transcript that was read, with a problem if it is called after a person."""
    name = read.transcript.name
    people = people_in_name(name, read.transcript.language)
    if not people:
        return read
    message = Message(
        "This interview is called after a person ({people}), and its name stands in tables and "
        "reports.",
        people=", ".join(people),
    )
    hint = "Give it another name: qualcode transcript rename NAME NEW-NAME"
    return replace(read, problems=(*read.problems, Problem(name, message, hint)))
