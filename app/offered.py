"""One suggestion on the page: its code, the passage in its context, and why it is suggested."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise

import session
import streamlit as st
import telling

from qualcode.model import Band, Reason, Segment, Span, Suggestion, Transcript


@dataclass(frozen=True, slots=True)
class Offer:
    """One suggestion in the queue, with the piece of text it is for."""

    transcript: str
    segment: Segment
    suggestion: Suggestion

    @property
    def span(self) -> Span:
        """The passage that would be coded."""
        return self.suggestion.span or self.segment.span

    @property
    def key(self) -> str:
        """The same for the same suggestion."""
        return f"{self.transcript}:{self.segment.span.start}:{self.suggestion.code}"


def suggester_names() -> dict[str, str]:
    """Return what each suggester is called."""
    _ = session.words()
    return {
        "terms": _("Terms of the code"),
        "entry": _("Words of its definition"),
        "question": _("Question of the guide"),
        "examples": _("Passages coded before"),
        "meaning": _("Meaning"),
        "fused": _("All together"),
    }


def card(one: Offer, labels: dict[str, str]) -> None:
    """Show one suggestion: its code, the passage in its context, and why."""
    book = session.book()
    code = book.code(one.suggestion.code)
    with st.container(border=True):
        above = labels.get(code.parent, "") if code.parent else ""
        title = telling.plain(labels[code.path])
        st.markdown(f"#### {title}" + (f"  \n:gray[{telling.plain(above)}]" if above else ""))
        definition = code.definition.in_language(session.language())
        if definition:
            st.caption(telling.plain(definition))
        _text(one)
        _why(one)


def _text(one: Offer) -> None:
    """Show the turn with the passage marked, after what was said just before it."""
    text = session.project().transcripts.get(one.transcript)
    turns = [turn for turn in text.turns if turn.span.overlaps(one.span)]
    if not turns:
        return
    first = text.turns.index(turns[0])
    before = text.turns[first - 1] if first else None
    parts = [STYLE]
    if before is not None:
        words = escape(_short(before.span.of(text.text)))
        parts.append(f"<p class='qr-before'><b>{escape(before.speaker)}</b> {words}</p>")
    for turn in turns:
        said = _marked(text, turn.span, one)
        parts.append(f"<p><b>{escape(turn.speaker)}</b> {said}</p>")
    st.html("".join(parts))


STYLE = """<style>
.qr-before { opacity: 0.75; font-size: 0.9rem; }
.qr-text mark, p mark { background: light-dark(#fdf0c3, #5c4a10); color: inherit; }
p mark strong { text-decoration: underline; text-underline-offset: 3px; }
</style>"""


def _short(text: str, most: int = 280) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"…{flat[-most:].partition(' ')[2]}"


def _marked(text: Transcript, turn: Span, one: Offer) -> str:
    """Return the words of a turn: the passage marked, the words that count in bold."""
    telling_words = {span for reason in one.suggestion.reasons for span in reason.spans}
    edges = {turn.start, turn.end}
    for span in (one.span, *telling_words):
        edges |= {min(max(edge, turn.start), turn.end) for edge in (span.start, span.end)}
    places = sorted(edges)
    made = []
    for start, end in pairwise(places):
        piece = Span(start, end)
        words = escape(piece.of(text.text))
        if any(span.contains(piece) for span in telling_words):
            words = f"<strong>{words}</strong>"
        made.append(f"<mark>{words}</mark>" if one.span.contains(piece) else words)
    return "".join(made)


def _why(one: Offer) -> None:
    _ = session.words()
    bands = {Band.LIKELY: _("likely"), Band.POSSIBLE: _("possible"), Band.WEAK: _("weak")}
    sure = _.percent(one.suggestion.probability)
    lines = [f"**{sure}** · {bands[one.suggestion.band]} · {telling.plain(one.transcript)}"]
    lines += [f"- {line}" for line in map(_reason, one.suggestion.reasons) if line]
    st.markdown("\n".join([lines[0], "", *lines[1:]]))


def _reason(reason: Reason) -> str:
    _ = session.words()
    words = telling.plain(", ".join(reason.words))
    if reason.suggester == "examples":
        return _("Like passages that you gave this code before")
    if reason.suggester == "meaning":
        return _("Close in meaning to the description of the code")
    if reason.suggester == "question":
        return _("The question asked is about this code")
    name = suggester_names().get(reason.suggester, reason.suggester)
    said = f"{name}: {words}" if words else name
    denied = _("denied there")
    return f"{said} ({denied})" if reason.note == "denied" else said
