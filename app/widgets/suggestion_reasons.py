"""Why a suggestion is made, in the language of the page."""

from __future__ import annotations

from qualcode.model import Reason

from .. import session


def suggester_names() -> dict[str, str]:
    """Return the label of each suggester."""
    _ = session.words()
    return {
        "terms": _("Terms of the code"),
        "entry": _("Words of its definition"),
        "question": _("Question of the guide"),
        "examples": _("Passages coded before"),
        "meaning": _("Meaning"),
        "fused": _("All together"),
    }


def reason_text(reason: Reason) -> str:
    """Return a reason for a suggestion as a phrase: the suggester, and the words it found."""
    _ = session.words()
    words = ", ".join(reason.words)
    if reason.suggester == "examples":
        return _("Like passages that you gave this code before")
    if reason.suggester == "meaning":
        return _("Close in meaning to the description of the code")
    if reason.suggester == "question":
        return _("The question asked is about this code")
    name = suggester_names().get(reason.suggester, reason.suggester)
    text = f"{name}: {words}" if words else name
    denied = _("denied there")
    return f"{text} ({denied})" if reason.note == "denied" else text


def short_reason_text(reason: Reason) -> str:
    """Return only the words that a suggester found; where there are none, the phrase."""
    return ", ".join(reason.words) or reason_text(reason)
