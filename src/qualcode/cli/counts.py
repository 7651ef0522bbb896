"""Counted words that several commands print: "1 coding", "3 codings"."""

from __future__ import annotations

from qualcode.messages import Message


# A function per noun: the catalogue needs each word in both numbers, as it stands in the code.
def count_codes(number: int) -> Message:
    """Return a number of codes in words."""
    return Message.counted("{count} code", "{count} codes", number)


def count_codings(number: int) -> Message:
    """Return a number of codings in words."""
    return Message.counted("{count} coding", "{count} codings", number)


def count_decisions(number: int) -> Message:
    """Return a number of decisions in words."""
    return Message.counted("{count} decision", "{count} decisions", number)


def count_interviews(number: int) -> Message:
    """Return a number of interviews in words."""
    return Message.counted("{count} interview", "{count} interviews", number)


def count_names(number: int) -> Message:
    """Return a number of names in words."""
    return Message.counted("{count} name", "{count} names", number)


def count_notes(number: int) -> Message:
    """Return a number of notes in words."""
    return Message.counted("{count} note", "{count} notes", number)


def count_problems(number: int) -> Message:
    """Return a number of problems in words."""
    return Message.counted("{count} problem", "{count} problems", number)


def count_questions(number: int) -> Message:
    """Return a number of questions in words."""
    return Message.counted("{count} question", "{count} questions", number)


def count_quotes(number: int) -> Message:
    """Return a number of quotes in words."""
    return Message.counted("{count} quote", "{count} quotes", number)


def count_suggestions(number: int) -> Message:
    """Return a number of suggestions in words."""
    return Message.counted("{count} suggestion", "{count} suggestions", number)


def count_themes(number: int) -> Message:
    """Return a number of themes in words."""
    return Message.counted("{count} theme", "{count} themes", number)


def count_turns(number: int) -> Message:
    """Return a number of turns in words."""
    return Message.counted("{count} turn", "{count} turns", number)


def report_open_disagreements(decisions: int, codings: int, open_count: int) -> Message:
    """Return the outcome of decisions: codings in the consensus, and open disagreements."""
    return Message.counted(
        "{decisions}; the consensus has {codings}; {count} disagreement is open.",
        "{decisions}; the consensus has {codings}; {count} disagreements are open.",
        open_count,
        decisions=count_decisions(decisions),
        codings=count_codings(codings),
    )
