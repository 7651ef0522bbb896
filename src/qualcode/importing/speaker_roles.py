"""Proposes the role of each speaker, by the label and by the way of speaking."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualcode.errors import InvalidValueError, Problem, UnknownNameError
from qualcode.importing.label_candidates import label_key
from qualcode.importing.label_typos import usual_labels
from qualcode.importing.speaker_labels import INTERVIEWER_WORDS, RESPONDENT_WORDS, LabelProposal
from qualcode.messages import Message, join_clauses
from qualcode.model import Role, Speaker

_INTERVIEWER = re.compile(rf"(?:i|int|intv|iv|mod|{INTERVIEWER_WORDS})(?:\b|_|\d).*")
_RESPONDENT = re.compile(rf"(?:r|p|resp|{RESPONDENT_WORDS})(?:\b|_|\d).*")
_UNKNOWN = re.compile(r"(?:unknown|onbekend).*")
# A label may hold a comma ("Vries, Marieke de"), so a part ends after its role.
_PART = re.compile(r"[^=]*=[^,;=]*|[^=]+$")
_NAMES = {
    "interviewer": Role.INTERVIEWER,
    "onderzoeker": Role.INTERVIEWER,
    "respondent": Role.RESPONDENT,
    "geïnterviewde": Role.RESPONDENT,
    "other": Role.OTHER,
    "overig": Role.OTHER,
    "anders": Role.OTHER,
}


@dataclass(frozen=True, slots=True)
class SpeakerProposal:
    """A speaker as proposed, for a person to confirm.

    Attributes:
        label: The label as written in the transcript.
        role: What the speaker seems to be.
        turns: Number of turns.
        confidence: How sure label and role are, from 0 to 1.
        reason: Why, in a few words.
        confirmed: Whether the user gave the role.
    """

    label: str
    role: Role
    turns: int
    confidence: float
    reason: str
    confirmed: bool = False

    @property
    def speaker(self) -> Speaker:
        """The speaker, with a role that is proposed unless the user gave it."""
        return Speaker(self.label, self.role, self.confirmed)


def is_interviewer_label(label: str) -> bool:
    """Tell whether a label says that its speaker is an interviewer."""
    return _INTERVIEWER.fullmatch(label_key(label)) is not None


def parse_roles(text: str) -> dict[str, Role]:
    """Return the roles in ``"I=interviewer,R=respondent"``.

    Raises:
        InvalidValueError: A part is not ``label=role``, names an unknown role, or a label
            occurs twice.
    """
    roles: dict[str, Role] = {}
    for part in filter(None, (match.strip(" \t,;") for match in _PART.findall(text))):
        label, equals, name = (piece.strip() for piece in part.rpartition("="))
        role = _NAMES.get(name.casefold())
        if not equals or not label or role is None:
            raise InvalidValueError(
                Message(
                    "'{part}' does not say who a speaker is. Write label=role with the role "
                    'interviewer, respondent or other, as in "I=interviewer,R=respondent".',
                    part=part.strip(),
                )
            )
        if label in roles:
            raise InvalidValueError(
                Message(
                    "Speaker '{label}' occurs twice in '{text}'. Give it one role.",
                    label=label,
                    text=text,
                )
            )
        roles[label] = role
    if not roles:
        raise InvalidValueError(
            'No speakers were given. Write them as in "I=interviewer,R=respondent".'
        )
    return roles


def propose_speakers(
    speech_by_label: Mapping[str, Sequence[str]],
    labels: Mapping[str, LabelProposal],
    roles: Mapping[str, Role] | None,
    file_name: str,
) -> tuple[tuple[SpeakerProposal, ...], tuple[Problem, ...]]:
    """Propose a role for every speaker.

    Args:
        speech_by_label: The turns of each label as text, in order of first appearance.
        labels: How sure each label is, by :func:`label_key`.
        roles: Roles that the user gave; they override proposals.
        file_name: For messages.

    Raises:
        UnknownNameError: ``roles`` names a label that does not occur.
    """
    user_roles = {label_key(label): role for label, role in (roles or {}).items()}
    _refuse_unknown(roles or {}, speech_by_label, file_name)
    guesses = _guess_roles(speech_by_label, user_roles)
    proposals = []
    for label, turns in speech_by_label.items():
        role, certainty, reason = guesses[label]
        label_proposal = labels.get(label_key(label))
        if label_proposal is not None:
            # A role cannot be surer than that its label is a speaker at all.
            certainty = min(certainty, label_proposal.confidence)
            reason = join_clauses(label_proposal.reason, reason)
        is_given = label_key(label) in user_roles
        if is_given:
            certainty, reason = 1.0, Message("named by you")
        proposals.append(
            SpeakerProposal(label, role, len(turns), round(certainty, 2), reason, is_given)
        )
    return tuple(proposals), _doubts(proposals, file_name)


def _refuse_unknown(
    roles: Mapping[str, Role], speech_by_label: Mapping[str, object], where: str
) -> None:
    known_keys = {label_key(label) for label in speech_by_label}
    missing = [label for label in roles if label_key(label) not in known_keys]
    if missing:
        raise UnknownNameError(
            Message(
                "No speaker '{missing}' in '{where}'. Labels found: {speech_by_label}. Name "
                "those, or leave --speakers out: then they are proposed.",
                missing=missing[0],
                where=where,
                speech_by_label="; ".join(speech_by_label),
            )
        )


def _guess_roles(
    speech_by_label: Mapping[str, Sequence[str]], user_roles: Mapping[str, Role]
) -> dict[str, tuple[Role, float, str]]:
    guesses: dict[str, tuple[Role, float, str]] = {}
    for label in speech_by_label:
        key = label_key(label)
        if key in user_roles:
            guesses[label] = (user_roles[key], 1.0, Message("named by you"))
        elif _INTERVIEWER.fullmatch(key):
            guesses[label] = (Role.INTERVIEWER, 0.97, Message("the label says interviewer"))
        elif _RESPONDENT.fullmatch(key):
            guesses[label] = (Role.RESPONDENT, 0.97, Message("the label says respondent"))
        elif (near_role := _role_of_usual_label(key)) is not None:
            guesses[label] = (near_role, 0.6, Message("the label is one letter off a usual one"))
        elif _UNKNOWN.fullmatch(key):
            guesses[label] = (
                Role.OTHER,
                0.6,
                Message("the label says that it is unknown who speaks"),
            )
    # Names are left over here. With an interviewer known, all others answer.
    open_labels = [label for label in speech_by_label if label not in guesses]
    if any(role is Role.INTERVIEWER for role, _, _ in guesses.values()):
        guesses |= dict.fromkeys(
            open_labels, (Role.RESPONDENT, 0.9, Message("not the interviewer"))
        )
    elif len(open_labels) == 1 and len(speech_by_label) == 2 and guesses:
        guesses[open_labels[0]] = (Role.INTERVIEWER, 0.8, Message("not the respondent"))
    elif len(open_labels) == 2:
        guesses |= _by_questions(open_labels, speech_by_label)
    else:
        guesses |= dict.fromkeys(
            open_labels, (Role.RESPONDENT, 0.5, Message("no interviewer recognised"))
        )
    return guesses


def _role_of_usual_label(key: str) -> Role | None:
    """Return the role of the usual labels that a label is one letter off; None: there is none."""
    roles = {
        Role.INTERVIEWER if _INTERVIEWER.fullmatch(usual) else Role.RESPONDENT
        for usual in usual_labels(key)
        if _INTERVIEWER.fullmatch(usual) or _RESPONDENT.fullmatch(usual)
    }
    return roles.pop() if len(roles) == 1 else None


def _by_questions(
    pair: Sequence[str], speech_by_label: Mapping[str, Sequence[str]]
) -> Mapping[str, tuple[Role, float, str]]:
    """Distinguish two speakers: the interviewer asks more questions and has shorter turns."""
    asks = {
        label: sum("?" in turn for turn in speech_by_label[label]) / len(speech_by_label[label])
        for label in pair
    }
    length = {
        label: sum(map(len, speech_by_label[label])) / len(speech_by_label[label]) for label in pair
    }
    # Share of turns with a question decides; equal shares are decided by the shorter turns.
    questioner = max(pair, key=lambda label: (asks[label], -length[label]))
    answerer = next(label for label in pair if label != questioner)
    if asks[questioner] == asks[answerer] and length[questioner] == length[answerer]:
        return dict.fromkeys(pair, (Role.RESPONDENT, 0.4, Message("no interviewer recognised")))
    certainty = (
        0.85 if asks[questioner] > asks[answerer] and length[questioner] < length[answerer] else 0.6
    )
    return {
        questioner: (
            Role.INTERVIEWER,
            certainty,
            Message("asks more questions or speaks more briefly"),
        ),
        answerer: (Role.RESPONDENT, certainty, Message("answers")),
    }


def _doubts(proposals: Sequence[SpeakerProposal], file_name: str) -> tuple[Problem, ...]:
    # Of a single speaker there is nobody to tell apart.
    if len(proposals) < 2 or any(p.role is Role.INTERVIEWER for p in proposals):
        return ()
    names = ", ".join(p.label for p in proposals)
    message = Message("No interviewer was recognised among the speakers {names}.", names=names)
    return (Problem(file_name, message, "Say who is who before counting respondents' words."),)
