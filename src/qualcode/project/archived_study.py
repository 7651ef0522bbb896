"""Prepares a study for an archive: who consented, aliases for names, withheld passages masked.

A passage that is withheld from publication is masked with as many characters as it has, so that
every position in the text stays true.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.model import (
    Case,
    Coding,
    ExchangeProject,
    ExchangeSource,
    FrozenMap,
    Participation,
    Span,
    Transcript,
)
from qualcode.model.archive import YES, ArchivedInterview, ArchivedStudy, ConsentRow
from qualcode.project.disclosure import source_aliases
from qualcode.project.held_attributes import find_rare_values
from qualcode.quotes import AttributeGuard, RareValues, join_interviews

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot

MASK = "█"
_KEPT_ATTRIBUTES = ("kind", "date", "mode")


def prepare_study(
    project: Project, snapshot: Snapshot, consent: str, reason: str, language: str
) -> ArchivedStudy:
    """Return a study as it goes into an archive.

    Args:
        project: The project.
        snapshot: Its state.
        consent: The attribute of participants that says whether they consented.
        reason: Why all interviews may go in, where no attribute says so.
        language: Language of aliases.

    Raises:
        UnknownNameError: nobody has such an attribute.
        UndefinedRequestError: nobody says whose interviews may go in, or none may.
    """
    from qualcode.exporting.interchange.refi import without_names

    rows = _consent(snapshot.cases, consent, reason)
    refused = {row.participant for row in rows if not row.is_in}
    aliases = source_aliases(snapshot, language)
    kept = {
        text.name
        for text in snapshot.transcripts
        if _may_go_in(text.name, snapshot.cases, refused, has_reason=bool(reason))
    }
    if not kept:
        raise UndefinedRequestError(
            "No interview may go into the archive: no participant consented."
        )
    codings = {coding.id: coding for coding in snapshot.codings}
    left_out = project.disclosure.measures().left_out
    spans: dict[str, list[Span]] = {}
    for coding_id in sorted(left_out & codings.keys()):
        coding = codings[coding_id]
        spans.setdefault(coding.transcript, []).append(coding.span)
    whole = project.exchange.collect()
    nameless = without_names(whole)
    coders = FrozenMap(dict(zip(whole.coders, nameless.coders, strict=True)))
    archived = _archived_project(project, nameless, kept, aliases, spans)
    interviews = tuple(
        ArchivedInterview(
            aliases[text.name],
            tuple(case.name for case in snapshot.cases if text.name in case.transcripts),
            text.name in kept,
            len(text.turns),
            len(text.text.split()),
            len(set(spans.get(text.name, ()))),
        )
        for text in snapshot.transcripts
    )
    accepted = _accepted_values(project, archived)
    return ArchivedStudy(archived, interviews, rows, consent, reason, coders, accepted)


def _accepted_values(project: Project, archived: ExchangeProject) -> FrozenMap[str, str]:
    """Return why rare values are printed, by the id of the risk among those in the archive."""
    # Consent may leave fewer rare values than the decision was on, so that the id is another one.
    rare = _rare_values(project, archived.cases, [s.transcript for s in archived.sources])
    reasons = find_rare_values(project).accepted
    return FrozenMap(
        {rare.risk_id(name): why for name, why in reasons.items() if rare.find_rare(name)}
    )


def _rare_values(
    project: Project, cases: Sequence[Case], texts: Sequence[Transcript]
) -> RareValues:
    return RareValues(
        join_interviews(cases, texts),
        project.disclosure.measures(),
        of_interviews=(name for text in texts for name in text.attributes),
        decided=find_rare_values(project),
    )


def _consent(cases: Sequence[Case], attribute: str, reason: str) -> tuple[ConsentRow, ...]:
    if not attribute and not reason.strip():
        raise UndefinedRequestError(
            "Say whose interviews may go into the archive: name the attribute of participants that "
            "holds their consent (--consent NAME), or say why all may (--all-because REASON)."
        )
    attribute_names = {name for case in cases for name in case.attributes}
    if attribute and attribute not in attribute_names:
        raise unknown_name("attribute", attribute, attribute_names, "the project")
    rows = []
    for case in cases:
        value = case.attributes.get(attribute, "").strip() if attribute else ""
        is_in = value.casefold() in YES if attribute else True
        rows.append(ConsentRow(case.name, value, is_in))
    return tuple(rows)


def _may_go_in(
    transcript: str, cases: Sequence[Case], refused: set[str], *, has_reason: bool
) -> bool:
    speakers = [case.name for case in cases if transcript in case.transcripts]
    # Of an interview with nobody known, nobody consented.
    return not refused & {*speakers} and (bool(speakers) or has_reason)


def _archived_project(
    project: Project,
    whole: ExchangeProject,
    kept: set[str],
    aliases: Mapping[str, str],
    spans: Mapping[str, Sequence[Span]],
) -> ExchangeProject:
    texts = {
        source.transcript.name: _archived_text(source.transcript, aliases, spans)
        for source in whole.sources
        if source.transcript.name in kept
    }
    codings = tuple(
        _archived_coding(coding, texts[coding.transcript])
        for coding in whole.codings
        if coding.transcript in kept
    )
    ids = {coding.id for coding in codings}
    masked = {c.id for c in whole.codings if _overlaps(c, spans.get(c.transcript, ()))}
    measures = project.disclosure.measures()
    archived_cases = tuple(
        case
        for printed_case in measures.of_cases(whole.cases)
        if (case := _archived_case(printed_case, kept, aliases)).participations
    )
    rare = _rare_values(project, archived_cases, tuple(texts.values()))
    # Of those in the archive: consent may leave few who share an attribute.
    guard = AttributeGuard(archived_cases, measures, rare)
    return replace(
        whole,
        sources=tuple(ExchangeSource(text) for text in guard.hide_in_transcripts(texts.values())),
        codings=codings,
        cases=guard.hide_in_cases(),
        # Events and memos hold words of interviews and of people; the audit trail tells of them.
        memos=(),
        events=(),
        rounds=tuple(
            replace(round_, transcripts=tuple(aliases[n] for n in round_.transcripts if n in kept))
            for round_ in whole.rounds
            if not round_.transcripts or kept & {*round_.transcripts}
        ),
        decisions=tuple(
            replace(decision, transcript=aliases[decision.transcript], reason="")
            for decision in whole.decisions
            if decision.transcript in kept
        ),
        # A masked quote has no words to print.
        chosen=(whole.chosen & ids) - masked,
        excerpts=FrozenMap(
            {key: text for key, text in whole.excerpts.items() if key in ids - masked}
        ),
        confirmed=frozenset(aliases[name] for name in whole.confirmed if name in kept),
    )


def _archived_text(
    transcript: Transcript, aliases: Mapping[str, str], spans: Mapping[str, Sequence[Span]]
) -> Transcript:
    text = transcript.text
    for span in spans.get(transcript.name, ()):
        text = text[: span.start] + mask(text[span.start : span.end]) + text[span.end :]
    attributes = {k: v for k, v in transcript.attributes.items() if k in _KEPT_ATTRIBUTES}
    return Transcript(
        aliases[transcript.name],
        text,
        transcript.speakers,
        transcript.turns,
        source_file="",
        language=transcript.language,
        attributes=FrozenMap(attributes),
    )


def mask(text: str) -> str:
    """Return a text in which nobody can read a word, with its spaces and line ends."""
    return re.sub(r"\S", MASK, text)


def _archived_coding(coding: Coding, text: Transcript) -> Coding:
    quote = coding.span.of(text.text)
    return replace(coding, transcript=text.name, quote=quote, memo="")


def _overlaps(coding: Coding, spans: Iterable[Span]) -> bool:
    return any(coding.span.overlaps(span) for span in spans)


def _archived_case(case: Case, kept: Collection[str], aliases: Mapping[str, str]) -> Case:
    parts: tuple[Participation, ...] = tuple(
        replace(part, transcript=aliases[part.transcript])
        for part in case.participations
        if part.transcript in kept
    )
    return replace(case, participations=parts)
