"""One suggestion: its code, the passage in its context, and the reasons for it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise

import streamlit as st

from qualcode.model import Band, Segment, Span, Suggestion, Transcript

from ... import session
from ...widgets.suggestion_reasons import reason_text, trust_text
from ...widgets.text import escape_markdown


@dataclass(frozen=True, slots=True)
class Offer:
    """One suggestion in the queue, with its segment of the text."""

    transcript: str
    segment: Segment
    suggestion: Suggestion

    @property
    def span(self) -> Span:
        """The passage that would be coded."""
        return self.suggestion.span or self.segment.span

    @property
    def key(self) -> str:
        """A key that is the same for the same suggestion."""
        return f"{self.transcript}:{self.segment.span.start}:{self.suggestion.code}"


def show_card(offer: Offer, labels: dict[str, str]) -> None:
    """Show one suggestion: its code, the passage in its context, and the reasons."""
    book = session.codebook()
    code = book.code(offer.suggestion.code)
    with st.container(border=True):
        above = labels.get(code.parent, "") if code.parent else ""
        title = escape_markdown(labels[code.path])
        st.markdown(f"## {title}" + (f"  \n:gray[{escape_markdown(above)}]" if above else ""))
        definition = code.definition.in_language(session.language())
        if definition:
            st.caption(escape_markdown(definition))
        _show_text(offer)
        _show_reasons(offer)


def _show_text(offer: Offer) -> None:
    """Show the turn with the passage marked, after the turn before it."""
    text = session.project().transcripts.get(offer.transcript)
    turns = [turn for turn in text.turns if turn.span.overlaps(offer.span)]
    if not turns:
        return
    first = text.turns.index(turns[0])
    before = text.turns[first - 1] if first else None
    parts = [STYLE]
    if before is not None:
        words = escape(_shorten(before.span.of(text.text)))
        parts.append(f"<p class='qr-before'><b>{escape(before.speaker)}</b> {words}</p>")
    for turn in turns:
        marked_text = _mark_passage(text, turn.span, offer)
        parts.append(f"<p><b>{escape(turn.speaker)}</b> {marked_text}</p>")
    # Every text in it went through escape(): an interview may hold signs of HTML.
    st.html("".join(parts))


STYLE = """<style>
.qr-before { opacity: 0.75; font-size: 0.9rem; }
.qr-text mark, p mark { background: light-dark(#fdf0c3, #5c4a10); color: inherit; }
p mark strong { text-decoration: underline; text-underline-offset: 3px; }
</style>"""


def _shorten(text: str, limit: int = 280) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else f"…{flat[-limit:].partition(' ')[2]}"


def _mark_passage(text: Transcript, turn: Span, offer: Offer) -> str:
    """Return the text of a turn with the passage marked and the decisive words in bold."""
    telling_words = {span for reason in offer.suggestion.reasons for span in reason.spans}
    # The text is cut at all edges, so that marks and bold words may overlap.
    edges = {turn.start, turn.end}
    for span in (offer.span, *telling_words):
        edges |= {min(max(edge, turn.start), turn.end) for edge in (span.start, span.end)}
    places = sorted(edges)
    pieces = []
    for start, end in pairwise(places):
        piece = Span(start, end)
        words = escape(piece.of(text.text))
        if any(span.contains(piece) for span in telling_words):
            words = f"<strong>{words}</strong>"
        pieces.append(f"<mark>{words}</mark>" if offer.span.contains(piece) else words)
    return "".join(pieces)


def _show_reasons(offer: Offer) -> None:
    _ = session.words()
    bands = {Band.LIKELY: _("likely"), Band.POSSIBLE: _("possible"), Band.WEAK: _("weak")}
    sure = _.percent(offer.suggestion.probability)
    lines = [f"**{sure}** · {bands[offer.suggestion.band]} · {escape_markdown(offer.transcript)}"]
    reasons = map(reason_text, offer.suggestion.reasons)
    note = trust_text(offer.suggestion, session.project().suggestions.guidance.read_trust())
    if note:
        lines[0] += f" · {note}"
    lines += [f"- {escape_markdown(reason)}" for reason in reasons if reason]
    st.markdown("\n".join([lines[0], "", *lines[1:]]))
