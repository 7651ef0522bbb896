"""Why a suggestion is made, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.model import CodeTrust, Reason, Suggestion

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
        "related": _("Words close in meaning"),
        "group": _("Group of the respondent"),
        "context": _("What is said next to it"),
        "language_model": _("Language model"),
        "fused": _("All together"),
    }


def reason_text(reason: Reason) -> str:
    """Return a reason for a suggestion as a phrase: the suggester, and the words it found."""
    _ = session.words()
    words = ", ".join(reason.words)
    if reason.suggester == "examples":
        return _("Like passages that got this code before")
    if reason.suggester == "meaning":
        return _("Close in meaning to the description of the code")
    if reason.suggester == "question":
        return _("The question asked is about this code")
    name = suggester_names().get(reason.suggester, reason.suggester)
    text = f"{name}: {words}" if words else name
    if reason.suggester == "related":
        return f"{text} ({_.translate(reason.note)})"
    denied = _("denied there")
    return f"{text} ({denied})" if reason.note == "denied" else text


def trust_text(suggestion: Suggestion, trust: Mapping[str, CodeTrust]) -> str:
    """Return from where on suggestions of its code are trusted; empty where nobody judged that."""
    _ = session.words()
    judgement = trust.get(suggestion.code)
    if judgement is None:
        return ""
    if judgement.threshold is None:
        reason = _.translate(str(judgement.doubt))
        return _("not to be suggested: {reason}", reason=reason)
    share = _.percent(judgement.threshold)
    if suggestion.probability > judgement.threshold:
        return _("trusted from {share} on", share=share)
    return _("not trusted below {share}", share=share)


def short_reason_text(reason: Reason) -> str:
    """Return only the words that a suggester found; where there are none, the phrase."""
    return ", ".join(reason.words) or reason_text(reason)
