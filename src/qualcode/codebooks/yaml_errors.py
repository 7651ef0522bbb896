"""Says in plain words what is wrong in a YAML file, on which line, and what to write there."""

from __future__ import annotations

import re
from collections.abc import Callable

from qualcode.messages import Message

_FIELD = re.compile(r"^(?P<field>\s*(?:- )?[\w]+:) +(?P<text>\S.*?)\s*$")


def explain(problem: str, text: str, line: int) -> Message:
    """Return what to mend on a line.

    Args:
        problem: What the parser says.
        text: The file.
        line: Number of the line, from 1.
    """
    lines = text.split("\n")
    words = lines[line - 1] if 0 < line <= len(lines) else ""
    # Tabs come first: the parser says that one 'cannot start any token', as of other signs below.
    if "\\t" in problem or "\t" in words[: len(words) - len(words.lstrip())]:
        return Message("the line begins with a tab. Begin it with spaces.")
    for pattern, reason in _REASONS:
        if pattern.search(problem):
            return reason(words)
    return Message("it cannot be read from here on ({problem}).", problem=problem)


def _colon(words: str) -> Message:
    match = _FIELD.match(words)
    if match is None:
        return Message("a text holds a colon. Write that text between quotation marks.")
    return Message(
        "the text holds a colon. Write: {line}", line=_with_marks(match["field"], match["text"])
    )


def _quoted(words: str) -> Message:
    match = _FIELD.match(words)
    if match is None:
        return Message(
            "a text begins with a sign that has a meaning in YAML. Write the text "
            "between quotation marks."
        )
    return Message(
        "the text begins with a sign that has a meaning in YAML. Write: {line}",
        line=_with_marks(match["field"], match["text"]),
    )


def _with_marks(field: str, text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'{field.strip().removeprefix("- ")} "{escaped}"'


def _duplicate(words: str) -> Message:
    del words
    return Message("a field is there twice. Remove one of them.")


def _open(words: str) -> Message:
    del words
    return Message(
        "a bracket or a quotation mark is not closed, or a text within brackets holds a sign of "
        "its own. Close it, or write the text between quotation marks."
    )


def _depth(words: str) -> Message:
    del words
    return Message(
        "the line does not begin as deep as those it belongs to, or is no 'field: text'. Give it "
        "as many spaces as the line above it."
    )


_REASONS: tuple[tuple[re.Pattern[str], Callable[[str], Message]], ...] = (
    (re.compile("mapping values are not allowed"), _colon),
    (re.compile("duplicate key"), _duplicate),
    (re.compile("expected ',' or|end of (the )?stream"), _open),
    (re.compile("cannot start any token|alias|anchor"), _quoted),
    (re.compile("block end|expected ':'|indentation"), _depth),
)
"""Patterns of what the parser says, each with what explains it."""
