"""Collects the audit trail of a project, by kind of record.

Names of interviews and coders are aliases here, also in memos: the name of an interview is by
default that of its file, which often names a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from qualcode import quotes
from qualcode.adjudication import split_reason
from qualcode.exporting.reports.methods_section import reason_name
from qualcode.messages import Message
from qualcode.model import CONSENSUS, Event, Memo, MemoTarget, coder_aliases
from qualcode.model.audit import AuditKind, AuditSection, AuditTable
from qualcode.project.checklist_facts import ProjectFacts
from qualcode.project.disclosure import CODER_WORDS, source_aliases

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot

_FACTS = MappingProxyType(
    {
        AuditKind.RAW_DATA: "interviews participants texts withdrawals places_and_dates durations",
        AuditKind.REDUCTION: "coders software",
        AuditKind.RECONSTRUCTION: "consensus major_themes chosen_quotes typology",
        AuditKind.PROCESS: "rounds history protection",
        AuditKind.INTENTIONS: "reflexive_memos",
        AuditKind.INSTRUMENTS: "guides coding_tree derivation",
    }
)
_MEMO_KINDS = MappingProxyType(
    {
        AuditKind.RAW_DATA: {MemoTarget.TRANSCRIPT, MemoTarget.TURN, MemoTarget.CASE},
        AuditKind.REDUCTION: {MemoTarget.CODING},
        AuditKind.PROCESS: {MemoTarget.ROUND},
        AuditKind.INTENTIONS: {MemoTarget.PROJECT, MemoTarget.CODER},
        AuditKind.INSTRUMENTS: {MemoTarget.CODE},
    }
)
_WORK = MappingProxyType(
    {
        "transcript": Message("interviews"),
        "text": Message("interviews"),
        "roles": Message("speakers"),
        "language": Message("interviews"),
        "segments": Message("segments"),
        "case": Message("participants"),
        "participant": Message("participants"),
        "guide": Message("topic guides"),
        "codebook": Message("codebook"),
        "coding": Message("codings"),
        "decision": Message("decisions on disagreements"),
        "memo": Message("memos"),
        "round": Message("rounds"),
        "hand_in": Message("handing in"),
        "chosen": Message("choice of quotes"),
        "excerpt": Message("choice of quotes"),
        "design": Message("figures and types"),
    }
)
"""What the changes of a project are about, by the first word of their action."""
_MEASURES = MappingProxyType(
    {
        "leave-out": Message("passages that are not quoted"),
        "suppress": Message("attributes that are not printed"),
        "widen": Message("values that are printed wider"),
        "hide-cells": Message("small counts are hidden"),
        "confirm": Message("risks that were accepted"),
    }
)


class AuditTrail:
    """The records of one project.

    Args:
        project: The project.
        snapshot: Its state.
        language: ``nl`` or ``en``: of aliases and names.
    """

    def __init__(self, project: Project, snapshot: Snapshot, language: str) -> None:
        self._project = project
        self._snapshot = snapshot
        self._language = language
        self._sources = source_aliases(snapshot, language)
        self._coders = coder_aliases(snapshot.coders, CODER_WORDS.get(language, "coder"))
        self._facts = ProjectFacts(project, snapshot, language)
        # Kept in the state, where the facts find them too.
        self._events = snapshot.recall("events", project.history.events)

    def collect(self, *, with_memos: bool) -> tuple[AuditSection, ...]:
        """Return the sections, one of each kind.

        Args:
            with_memos: Put the memos in, without passages that are withheld.
        """
        tables = {
            AuditKind.RAW_DATA: self._raw_data,
            AuditKind.REDUCTION: self._reduction,
            AuditKind.RECONSTRUCTION: self._reconstruction,
            AuditKind.PROCESS: self._process,
            AuditKind.INTENTIONS: self._intentions,
            AuditKind.INSTRUMENTS: self._instruments,
        }
        memos = tuple(self._memos()) if with_memos else ()
        return tuple(
            AuditSection(
                kind,
                tuple(fact.text for fact in self._facts.collect(_FACTS[kind].split())),
                tuple(table for table in tables[kind]() if table.rows),
                tuple(memo for memo in memos if memo.target_kind in _MEMO_KINDS.get(kind, ())),
            )
            for kind in AuditKind
        )

    # --- tables ------------------------------------------------------------------------------

    def _raw_data(self) -> Iterator[AuditTable]:
        imports = {e.target: e for e in self._events if e.action == "transcript.add"}
        codings = Counter(coding.transcript for coding in self._snapshot.codings)
        rows = []
        for text in self._snapshot.transcripts:
            event = imports.get(text.name)
            rows.append(
                (
                    self._sources[text.name],
                    f"{event.at:%Y-%m-%d}" if event else "–",
                    len(text.turns),
                    codings[text.name],
                    # Enough to compare with the archive.
                    text.sha256[:12],
                )
            )
        yield AuditTable(
            Message("Interviews"),
            _headings("interview", "imported on", "turns", "codings", "sha256"),
            tuple(rows),
        )

    def _reduction(self) -> Iterator[AuditTable]:
        by_coder: dict[str, list[str]] = {}
        for coding in self._snapshot.codings:
            by_coder.setdefault(coding.coder, []).append(coding.transcript)
        withdrawn = Counter(e.who for e in self._in_force("coding.withdraw"))
        rows = tuple(
            (self._name(coder), len(texts), len(set(texts)), withdrawn[coder])
            for coder, texts in sorted(by_coder.items())
        )
        headings = _headings("coder", "codings", "interviews", "withdrawn")
        yield AuditTable(Message("Codings"), headings, rows)

    def _reconstruction(self) -> Iterator[AuditTable]:
        reasons = Counter(
            str(split_reason(d.reason)[0] or "none") for d in self._snapshot.decisions
        )
        rows = tuple((reason_name(reason), count) for reason, count in reasons.most_common())
        title = Message("Decisions on disagreements, by reason")
        yield AuditTable(title, _headings("reason", "decisions"), rows)
        design = self._project.themes.typology.design()
        types = tuple((t.name, t.definition or "–", t.target or "–") for t in design.types)
        headings = _headings("type", "definition", "target group")
        yield AuditTable(Message("Types that the researchers defined"), headings, types)

    def _process(self) -> Iterator[AuditTable]:
        rows = [
            (f"{event.at:%Y-%m-%d}", event.target, self._name(event.who), _STEPS[event.action])
            for event in self._in_force("hand_in.add", "hand_in.reopen")
        ]
        headings = _headings("date", "round", "coder", "step")
        yield AuditTable(Message("Rounds"), headings, tuple(rows))
        yield self._measures()
        yield self._changes()

    def _measures(self) -> AuditTable:
        listed = self._project.disclosure.measures().listed()
        counts = Counter(measure.kind for measure in listed)
        reasons: dict[str, dict[str, None]] = {}
        for measure in listed:
            if measure.because:
                reasons.setdefault(measure.kind, {})[measure.because] = None
        rows = tuple(
            (_MEASURES.get(kind, kind), count, "; ".join(reasons.get(kind, ())) or "–")
            for kind, count in counts.items()
        )
        title = Message("What was decided so that nobody is recognised")
        return AuditTable(title, _headings("measure", "number", "why"), rows)

    def _changes(self) -> AuditTable:
        counts: Counter[tuple[str, str]] = Counter()
        undone: Counter[tuple[str, str]] = Counter()
        for event in self._events:
            work = _WORK.get(event.action.partition(".")[0], Message("other"))
            key = (f"{event.at:%Y-%m}", work)
            counts[key] += 1
            undone[key] += event.undone
        rows = tuple((*key, count, undone[key]) for key, count in sorted(counts.items()))
        headings = _headings("month", "about", "changes", "undone")
        return AuditTable(Message("Changes per month"), headings, rows)

    def _intentions(self) -> Iterator[AuditTable]:
        planning = self._project.agreement.planning
        plans = tuple(
            (
                f"{plan.frozen_at:%Y-%m-%d}" if plan.frozen_at else "–",
                plan.unit,
                plan.coefficient,
                f"{plan.threshold:g}",
                plan.stopping_rule or "–",
            )
            for plan in planning.plans()
        )
        headings = _headings("date", "unit", "coefficient", "threshold", "stopping rule")
        yield AuditTable(Message("Plans for the check of agreement"), headings, plans)

    def _instruments(self) -> Iterator[AuditTable]:
        rows = tuple(
            (
                version.version,
                f"{version.at:%Y-%m-%d}",
                self._name(version.who),
                _without_file(version.note) or "–",
            )
            for version in self._snapshot.versions
        )
        headings = _headings("version", "date", "coder", "why")
        yield AuditTable(Message("Versions of the codebook"), headings, rows)

    def _in_force(self, *actions: str) -> Iterator[Event]:
        return (e for e in self._events if e.action in actions and not e.undone)

    def _name(self, coder: str) -> str:
        if coder == CONSENSUS:
            return Message("consensus")
        return self._coders.get(coder, coder and Message("somebody else")) or "–"

    # --- memos -------------------------------------------------------------------------------

    def _memos(self) -> Iterator[Memo]:
        """Yield the memos with aliases for interviews and coders, without what is withheld."""
        codings = self._snapshot.codings
        remarks = (
            Memo(c.id, MemoTarget.CODING, c.id, c.memo, c.coder, c.created_at)
            for c in codings
            # The consensus holds the remarks of the coders once more.
            if c.memo.strip() and c.coder != CONSENSUS
        )
        left_out = self._project.disclosure.measures().left_out
        printed_notes = quotes.without_left_out(
            (*self._snapshot.memos, *remarks), codings, left_out
        )
        files = {text.source_file: self._sources[text.name] for text in self._snapshot.transcripts}
        hide = _name_hider({**files, **self._sources, **self._coders})
        targets = self._targets()
        for memo in printed_notes:
            target = targets.get((memo.target_kind, memo.target), memo.target)
            yield replace(
                memo,
                text=hide(memo.text),
                target=hide(target),
                author=str(self._name(memo.author)),
            )

    def _targets(self) -> dict[tuple[MemoTarget, str], str]:
        """Return what a memo is on, in words, by kind and key."""
        book = self._snapshot.find_codebook()
        labels = {code.path: code.title(self._language) for code in (book.codes if book else ())}
        targets = {(MemoTarget.CODE, path): label for path, label in labels.items()}
        for coding in self._snapshot.codings:
            source = self._sources[coding.transcript]
            targets[MemoTarget.CODING, coding.id] = f"{source}: {labels[coding.code]}"
        return targets


_STEPS = MappingProxyType(
    {"hand_in.add": Message("handed in"), "hand_in.reopen": Message("opened again")}
)


def _headings(*names: str) -> tuple[Message, ...]:
    return tuple(_COLUMNS[name] for name in names)


_COLUMNS = MappingProxyType(
    {
        "about": Message.within("column", "about"),
        "changes": Message.within("column", "changes"),
        "coder": Message.within("column", "coder"),
        "codings": Message.within("column", "codings"),
        "coefficient": Message.within("column", "coefficient"),
        "date": Message.within("column", "date"),
        "decisions": Message.within("column", "decisions"),
        "definition": Message.within("column", "definition"),
        "imported on": Message.within("column", "imported on"),
        "interview": Message.within("column", "interview"),
        "interviews": Message.within("column", "interviews"),
        "measure": Message.within("column", "measure"),
        "month": Message.within("column", "month"),
        "number": Message.within("column", "number"),
        "reason": Message.within("column", "reason"),
        "round": Message.within("column", "round"),
        "sha256": Message.within("column", "sha256"),
        "step": Message.within("column", "step"),
        "stopping rule": Message.within("column", "stopping rule"),
        "target group": Message.within("column", "target group"),
        "threshold": Message.within("column", "threshold"),
        "turns": Message.within("column", "turns"),
        "type": Message.within("column", "type"),
        "undone": Message.within("column", "undone"),
        "unit": Message.within("column", "unit"),
        "version": Message.within("column", "version"),
        "why": Message.within("column", "why"),
        "withdrawn": Message.within("column", "withdrawn"),
    }
)


def _without_file(note: str) -> str:
    """Return the note of a version; of a file not its name, which may be that of a person."""
    if isinstance(note, Message) and note.template == "read from {name}":
        return Message("read from a file")
    return note


def _name_hider(aliases: Mapping[str, str]) -> _NameHider:
    return _NameHider(sorted(filter(None, aliases), key=len, reverse=True), aliases)


class _NameHider:
    """Puts aliases in the place of names inside texts that people or the program wrote."""

    def __init__(self, names: Sequence[str], aliases: Mapping[str, str]) -> None:
        any_name = "|".join(map(re.escape, names)) or "(?!)"
        # Names of files may be written in any case.
        self._pattern = re.compile(rf"(?<!\w)(?:{any_name})(?!\w)", re.IGNORECASE)
        self._aliases = {name.casefold(): alias for name, alias in aliases.items()}

    def __call__(self, text: str) -> str:
        return self._pattern.sub(lambda match: self._aliases[match[0].casefold()], text)
