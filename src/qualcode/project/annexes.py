"""What the annexes of a paper hold, collected from a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode import exporting, quotes
from qualcode.adjudication import Reason
from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.messages import Message
from qualcode.model import (
    CONSENSUS,
    Attribute,
    Code,
    MemoTarget,
    Quote,
    QuoteFilter,
    QuoteSection,
    Reach,
    compare_codebooks,
)
from qualcode.model.annex import (
    CodebookEntry,
    SampleAttribute,
    SampleTable,
    VersionReport,
    VersionUse,
)
from qualcode.model.reference import Reference
from qualcode.project.checklist_facts import ProjectFacts
from qualcode.project.names import NO_NAMES
from qualcode.project.small_counts import find_threshold
from qualcode.quotes import EVERY_CASE
from qualcode.quotes.sample_tables import SampleRules, tabulate_sample

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot

EXAMPLE_ATTRIBUTION = "{group}"
"""Below an example of a codebook: it says what a code is, not who speaks."""
_SHORTEST, _LONGEST = 6, 60
_CANDIDATES = 12


def collect_entries(
    project: Project, snapshot: Snapshot, layer: str, language: str
) -> tuple[CodebookEntry, ...]:
    """Return the codes in use with their reach and an example each.

    Small counts are hidden, unless somebody accepted the risk of the table of codes by group.

    Raises:
        UndefinedRequestError: there is no codebook, or coders differ and nobody decided.
    """
    sections: dict[str, QuoteSection] = {}
    threshold: int | None = None
    if snapshot.codings:
        threshold = find_threshold(project, layer)
        quote_filter = QuoteFilter(layer=layer)
        collected = project.quotes.collect(
            quote_filter, attribution=EXAMPLE_ATTRIBUTION, language=language
        )
        sections = {section.code: section for section in collected}
    return tuple(
        _entry(project, code, sections.get(code.path), threshold)
        for code in snapshot.codebook.active
    )


def _entry(
    project: Project, code: Code, section: QuoteSection | None, threshold: int | None
) -> CodebookEntry:
    if section is None:
        return CodebookEntry(code)
    example = _find_example(project, section)
    reason = Message(
        "No example: none of its passages has {shortest} to {longest} words, or each may say who "
        "somebody is.",
        shortest=_SHORTEST,
        longest=_LONGEST,
    )
    return CodebookEntry(code, _reaches(section, threshold), example, "" if example else reason)


def _reaches(section: QuoteSection, threshold: int | None) -> tuple[Reach, ...]:
    return section.reaches if threshold is None else quotes.hide_reaches(section.reaches, threshold)


def _find_example(project: Project, section: QuoteSection) -> Quote | None:
    """Return a passage of fit length in which nobody is recognised; a chosen one if there is."""
    fit = [quote for quote in section.quotes if _SHORTEST <= len(quote.text.split()) <= _LONGEST]
    fit.sort(key=lambda quote: not quote.chosen)
    for quote in fit[:_CANDIDATES]:
        alone = QuoteSection(
            section.code, section.code_label, section.theme, section.theme_label, (), (quote,)
        )
        if not project.disclosure.check_quotes([alone], EXAMPLE_ATTRIBUTION):
            return quote
    return None


def collect_versions(snapshot: Snapshot) -> tuple[VersionReport, ...]:
    """Return the versions of the codebook, each with what changed and what it was used for."""
    uses: dict[int, dict[str, list[str]]] = {}
    for coding in snapshot.codings:
        if coding.coder != CONSENSUS:
            by_round = uses.setdefault(coding.codebook_version, {})
            by_round.setdefault(coding.round, []).append(coding.transcript)
    reports: list[VersionReport] = []
    for version in snapshot.versions:
        codebook = snapshot.codebook_version(version.version)
        before = reports[-1].codebook if reports else None
        reports.append(
            VersionReport(
                version.version,
                version.at,
                # Who is no coder has no alias to stand for the name.
                version.who if version.who in snapshot.coders else "",
                version.note,
                codebook,
                compare_codebooks(before, codebook) if before else (),
                tuple(
                    VersionUse(name, len(set(texts)), len(texts))
                    for name, texts in uses.get(version.version, {}).items()
                ),
            )
        )
    return tuple(reports)


def count_asked_changes(snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    """Return the codes at which a decision on a disagreement asked for another codebook."""
    asked = f"[{Reason.CODEBOOK_MUST_CHANGE.value}]"
    counts = Counter(
        memo.target
        for memo in snapshot.memos
        if memo.target_kind is MemoTarget.CODE and memo.text.startswith(asked)
    )
    # Only the code and the number: the memo quotes the passage, which may be withheld.
    return tuple(counts.items())


def collect_sample(project: Project, groups: Sequence[str]) -> SampleTable:
    """Return the table of the participants.

    Args:
        project: The project.
        groups: Groups in the order to print them; those that are left out come after.

    Raises:
        UndefinedRequestError: there are no participants.
        UnknownNameError: nobody is in such a group.
    """
    cases = project.cases.respondents()
    if not cases:
        raise UndefinedRequestError(
            "The project has no participants. Read them: qualcode import FOLDER --cases TABLE.csv"
        )
    known = list(dict.fromkeys(case.attributes.get("group", "").strip() for case in cases))
    for group in groups:
        if group not in known:
            where = Message("project '{name}'", name=project.info.name)
            raise unknown_name("group", group, known, where)
    order = [*dict.fromkeys((*groups, *known))]
    names = dict.fromkeys(name for case in cases for name in case.attributes)
    types = {attribute.name: attribute for attribute in project.cases.attributes.collect()}
    measures = project.disclosure.measures()
    rules = SampleRules(
        measures.threshold,
        {name for case, name in measures.suppressed if case == EVERY_CASE},
        measures.confirmed,
    )
    attributes = [types.get(name) or Attribute(name) for name in names]
    sample = tabulate_sample(cases, attributes, order, rules)
    moments = dict.fromkeys(
        name for case in cases for part in case.participations for name in part.attributes
    )
    reason = Message("It belongs to an interview of a participant, not to the participant.")
    left_out = [SampleAttribute(name, left_out=reason) for name in moments if name not in names]
    return replace(sample, attributes=(*sample.attributes, *left_out))


def collect_references(
    project: Project, snapshot: Snapshot, coders: Sequence[str], language: str
) -> tuple[Reference, ...]:
    """Return what the methods paragraphs of a comparison of coders cite.

    Args:
        project: The project.
        snapshot: Its state.
        coders: Who are compared; all who coded an interview together by default.
        language: ``nl`` or ``en``.

    Raises:
        UndefinedRequestError: no interview was coded by two people.
    """
    compared = tuple(coders) or _coders_in_common(snapshot)
    study = project.agreement.report(compared, with_gamma=False)
    return exporting.collect_references(exporting.methods_paragraphs(study, language))


def collect_methods(
    project: Project, snapshot: Snapshot, coders: Sequence[str], language: str
) -> tuple[str, ...]:
    """Return the paragraphs of a methods section, with aliases of coders."""
    try:
        compared = tuple(coders) or _coders_in_common(snapshot)
    except UndefinedRequestError:
        facts = ProjectFacts(project, snapshot, language)
        words = exporting.Wording(language)
        known = facts.collect(("coders", "rounds", "coding_tree", "derivation", "software"))
        return (" ".join(words(fact.text) for fact in known),)
    study = project.agreement.report(compared, with_gamma=False)
    return exporting.methods_paragraphs(
        project.disclosure.hide_names(study, NO_NAMES, language), language
    )


def _coders_in_common(snapshot: Snapshot) -> tuple[str, ...]:
    by_transcript: dict[str, set[str]] = {}
    for coding in snapshot.codings:
        if coding.coder != CONSENSUS:
            by_transcript.setdefault(coding.transcript, set()).add(coding.coder)
    together = {name for coders in by_transcript.values() if len(coders) > 1 for name in coders}
    if not together:
        raise UndefinedRequestError(
            "No interview was coded by two people, so there is no methods paragraph on their "
            "agreement that cites anything."
        )
    return tuple(name for name in snapshot.coders if name in together)


def accept_small_counts(project: Project, attribute: str, reason: str) -> None:
    """Decide that the small counts of an attribute are printed in the table of the sample.

    Raises:
        UnknownNameError: no participant has this attribute.
        InvalidValueError: there is no reason.
    """
    names = {name for case in project.cases.respondents() for name in case.attributes}
    if attribute not in names:
        where = Message("project '{name}'", name=project.info.name)
        raise unknown_name("attribute", attribute, names, where)
    project.disclosure.accept_risk(quotes.sample_risk(attribute), reason)
