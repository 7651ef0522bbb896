"""What memos are about, in words, and the passage that each leads to."""

from __future__ import annotations

from qualcode.model import Coding, Memo, MemoTarget, Span

from ... import session
from ...widgets.passages import quote_text


def kind_names() -> dict[MemoTarget, str]:
    """Return the name of each kind of thing that a memo can be about."""
    _ = session.words()
    return {
        MemoTarget.PROJECT: _("the study"),
        MemoTarget.CODE: _("a code"),
        MemoTarget.CODING: _("a coding"),
        MemoTarget.TRANSCRIPT: _("an interview"),
        MemoTarget.TURN: _("a turn"),
        MemoTarget.CASE: _("a respondent"),
        MemoTarget.CODER: _("a coder"),
        MemoTarget.ROUND: _("a round"),
    }


def coding_of(memo: Memo) -> Coding | None:
    """Return the coding that a memo is on; None where it is on something else."""
    if memo.target_kind is not MemoTarget.CODING:
        return None
    codings = session.project().codings.collect()
    return next((coding for coding in codings if coding.id == memo.target), None)


def target_text(memo: Memo) -> str:
    """Return what a memo is about, as a line above it."""
    _ = session.words()
    coding = coding_of(memo)
    if coding is not None:
        code = session.labels().get(coding.code, coding.code)
        return f"{code} · {coding.transcript}: “{quote_text(coding)}”"
    if memo.target_kind is MemoTarget.PROJECT:
        return kind_names()[MemoTarget.PROJECT]
    # Undo may have taken the codebook away, and the memo on its code is still listed.
    if memo.target_kind is MemoTarget.CODE and session.find_codebook() is not None:
        return session.labels().get(memo.target, memo.target)
    if memo.target_kind is MemoTarget.TURN:
        name, _sign, number = memo.target.rpartition("#")
        return f"{name} · " + _("turn {number}", number=number)
    return memo.target


def passage_of(memo: Memo) -> tuple[str, Span] | None:
    """Return the transcript and passage that a memo leads to; None where there is none."""
    coding = coding_of(memo)
    if coding is not None:
        return coding.transcript, coding.span
    if memo.target_kind is MemoTarget.TURN:
        name, _sign, number = memo.target.rpartition("#")
        texts = {text.name: text for text in session.project().transcripts.collect()}
        turns = texts[name].turns if name in texts else ()
        return next(((name, turn.span) for turn in turns if str(turn.number) == number), None)
    return None
