"""Finds turns and speakers in the texts that a project of another program brings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.errors import UnknownNameError
from qualcode.importing.label_candidates import label_key
from qualcode.importing.source import DocumentSource
from qualcode.importing.speaker_roles import propose_speakers
from qualcode.importing.turn_assembly import assemble_interview_text
from qualcode.messages import Message
from qualcode.model import ExchangeProject, Role, Speaker, Transcript

if TYPE_CHECKING:
    from qualcode.importing.refi.loss_report import LossReport


def derive_transcript(
    name: str,
    text: str,
    *,
    source_file: str,
    language: str,
    roles: Mapping[str, Role],
    loss_report: LossReport,
) -> Transcript:
    """Return a text of another program as a transcript; its text stays as it is.

    Args:
        name: Name of the transcript.
        text: Its text, to which codings point already.
        source_file: Name of its original file.
        language: Language of the text.
        roles: Roles that the user gave, by label; other speakers are proposed.
        loss_report: Where labels that are read as another one are reported.
    """
    interview_text = assemble_interview_text(DocumentSource(text), name, roles)
    speech = interview_text.speech_by_label()
    keys = {label_key(label) for label in speech}
    # Roles are given for the whole project, and not everyone speaks in each of its texts.
    user_roles = {label: role for label, role in roles.items() if label_key(label) in keys}
    proposals, _ = propose_speakers(speech, interview_text.labels, user_roles, name)
    for correction in interview_text.corrections:
        message = Message(
            "'{written}' was read as '{label}': they differ in one letter.",
            written=correction.written,
            label=correction.label,
        )
        loss_report.record_changed("speakers", message, correction.count)
    return Transcript(
        name=name,
        text=text,
        speakers=tuple(proposal.speaker for proposal in proposals),
        turns=interview_text.turns,
        source_file=source_file,
        language=language,
    )


def with_roles(
    project: ExchangeProject, roles: Mapping[str, Role], *, partly: bool = False
) -> ExchangeProject:
    """Return a project in which the speakers have the roles that the user gave.

    Args:
        project: The project.
        roles: Roles by speaker label.
        partly: Whether ``roles`` may name labels that do not occur.

    Raises:
        UnknownNameError: a label occurs in none of its texts.
    """
    role_by_key = {label_key(label): role for label, role in roles.items()}
    labels = {s.label for source in project.sources for s in source.transcript.speakers}
    missing = [label for label in roles if label_key(label) not in map(label_key, labels)]
    if missing and not partly:
        raise UnknownNameError(
            Message(
                "No speaker '{missing}' in '{where}'. Labels found: {speech_by_label}. Name "
                "those, or leave --speakers out: then they are proposed.",
                missing=missing[0],
                where=project.name,
                speech_by_label="; ".join(sorted(labels)),
            )
        )
    sources = []
    for source in project.sources:
        speakers = (_confirmed(s, role_by_key) for s in source.transcript.speakers)
        transcript = replace(source.transcript, speakers=tuple(speakers))
        sources.append(replace(source, transcript=transcript))
    return replace(project, sources=tuple(sources))


def _confirmed(speaker: Speaker, role_by_key: Mapping[str, Role]) -> Speaker:
    role = role_by_key.get(label_key(speaker.label))
    return speaker if role is None else Speaker(speaker.label, role)
