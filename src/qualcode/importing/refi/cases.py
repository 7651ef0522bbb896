"""Cases, variables and sets of a REFI-QDA file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qualcode.importing.column_aliases import find_usual_attributes
from qualcode.importing.refi.container import child, children, guid_of, text_of
from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.sources import TextElement, free_name
from qualcode.model import (
    Case,
    FrozenMap,
    Participation,
    Role,
    Span,
    Transcript,
)
from qualcode.model.extension_block import split_extension_block

if TYPE_CHECKING:
    from lxml.etree import _Element

_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


class CasePassages:
    """The passages that belong to cases, and the speakers whose words they are.

    Args:
        transcripts: The transcripts of the file.
        coded: GUID of a case, and transcript and span of a passage coded with it.
        spans: Transcript and span by GUID of a selection or a coding.
    """

    def __init__(
        self,
        transcripts: Iterable[Transcript],
        coded: Iterable[tuple[str, str, Span]],
        spans: Mapping[str, tuple[str, Span]],
    ) -> None:
        self._transcripts = {transcript.name: transcript for transcript in transcripts}
        self._coded: dict[str, list[tuple[str, Span]]] = {}
        for guid, name, span in coded:
            self._coded.setdefault(guid, []).append((name, span))
        self._spans = spans
        self._speakers: dict[tuple[str, str], tuple[str, ...]] = {}

    def coded_transcripts(self, case: str) -> tuple[str, ...]:
        """Return the transcripts with passages that are coded with a case."""
        return tuple(dict.fromkeys(name for name, _ in self._coded.get(case, ())))

    def of_case(self, case: str, selections: Iterable[str]) -> dict[str, list[Span]]:
        """Return the passages of a case by transcript: coded with it, or referred to by it."""
        places = [*self._coded.get(case, ())]
        places += [self._spans[guid] for guid in selections if guid in self._spans]
        spans: dict[str, list[Span]] = {}
        for name, span in places:
            spans.setdefault(name, []).append(span)
        return spans

    def assign(self, selections: Mapping[str, Sequence[str]]) -> None:
        """Work out whose words each speaker says: one case only, the one with the fewest speakers.

        A case of a whole group would otherwise take the speakers of its people.

        Args:
            selections: GUIDs of the passages that a case refers to, by the GUID of the case.
        """
        labels = {
            (case, name): self._said_in(name, spans)
            for case, targets in selections.items()
            for name, spans in self.of_case(case, targets).items()
        }
        speakers: set[tuple[str, str]] = set()
        # Fewest first: a case of one person takes its speaker before the case of a group can.
        for case, name in sorted(labels, key=lambda key: len(labels[key])):
            free = [label for label in labels[case, name] if (name, label) not in speakers]
            speakers |= {(name, label) for label in free}
            self._speakers[case, name] = tuple(free)

    def speakers(self, case: str, name: str) -> tuple[str, ...]:
        """Return the speakers of a transcript that are this case, after :meth:`assign`."""
        return self._speakers.get((case, name), ())

    def _said_in(self, name: str, spans: Sequence[Span]) -> list[str]:
        """Return the speakers of whom most words lie in some passages."""
        transcript = self._transcripts[name]
        lengths: Counter[str] = Counter()
        covered: Counter[str] = Counter()
        for turn in transcript.turns:
            lengths[turn.speaker] += len(turn.span)
            # A passage that is coded and referred to is covered once.
            parts = (turn.span.intersection(span) for span in spans)
            places = {place for part in parts if part for place in range(part.start, part.end)}
            covered[turn.speaker] += len(places)
        return [
            speaker.label
            for speaker in transcript.speakers
            # A passage of a case holds the questions, too, and the case is who answers.
            if speaker.role is not Role.INTERVIEWER
            and covered[speaker.label] * 2 > lengths[speaker.label]
        ]


class CaseReader:
    """Reads the cases of one file."""

    def __init__(
        self,
        root: _Element,
        sources: Sequence[TextElement],
        names: Mapping[str, str],
        passages: CasePassages,
        *,
        is_qualcode_file: bool,
    ) -> None:
        """Prepare.

        Args:
            root: The project.
            sources: Its texts.
            names: Name of the transcript by GUID of a source, its text, a selection or a coding.
            passages: The passages that belong to cases.
            is_qualcode_file: Whether qualcode wrote the file; attributes keep their names then.
        """
        self._root = root
        self._sources = sources
        self._names = names
        self._passages = passages
        self._is_qualcode_file = is_qualcode_file
        variables = children(child(root, "Variables"), "Variable")
        self._variables = _variable_names(variables, is_qualcode_file=is_qualcode_file)
        self.types = _types(variables, self._variables)
        """Type of each variable that is not text (``Integer``, ``Date``), by name."""
        self.memos: list[tuple[str, str]] = []
        """Name of a case and its description."""
        self.names_by_guid: dict[str, str] = {}
        """Name of a case by its GUID."""

    def read(self, loss_report: LossReport) -> tuple[Case, ...]:
        """Return the cases; attributes of a source go to its case."""
        self._report_names(loss_report)
        elements = tuple(children(child(self._root, "Cases"), "Case"))
        self._passages.assign({guid_of(c.get("guid")): _selections(c) for c in elements})
        cases: dict[str, Case] = {}
        for element in elements:
            case = self._case(element, cases, loss_report)
            cases[case.name] = case
        for source in self._sources:
            attributes = self._attributes(source.whole)
            if attributes:
                self._give(cases, source.name, attributes, loss_report)
        return tuple(cases.values())

    def _report_names(self, loss_report: LossReport) -> None:
        if self._is_qualcode_file:
            return
        variables = children(child(self._root, "Variables"), "Variable")
        usual = find_usual_attributes([v.get("name") or "variable" for v in variables])
        for problem in usual.problems(""):
            loss_report.record_changed("variables", problem.message)

    def _case(
        self, element: _Element, existing_names: Collection[str], loss_report: LossReport
    ) -> Case:
        description, extensions = split_extension_block(text_of(element, "Description"))
        parts = self._extension_participations(extensions)
        if parts is None:
            parts = self._participations(element, loss_report)
        title = str(extensions.get("name") or element.get("name") or "")
        if not title.strip():
            # The document of one person is the best name that there is.
            title = parts[0].transcript if len(parts) == 1 else "case"
            message = "They have no name; they got that of their document."
            loss_report.record_changed("cases", message, int(len(parts) == 1))
        name = free_name(title, existing_names)
        loss_report.record_lost(
            "codes", "They are on a whole case.", sum(1 for _ in children(element, "CodeRef"))
        )
        self.names_by_guid[guid_of(element.get("guid"))] = name
        if not self._is_qualcode_file and description.strip():
            self.memos.append((name, description))
        attributes = self._extension_attributes(extensions) or self._attributes(element)
        return Case(name, FrozenMap(attributes), parts)

    def _extension_participations(
        self, extensions: Mapping[str, Any]
    ) -> tuple[Participation, ...] | None:
        stored = extensions.get("participations")
        if not isinstance(stored, list):
            return None
        return tuple(
            Participation(
                str(part["transcript"]),
                tuple(map(str, part["speakers"])),
                FrozenMap({str(key): str(value) for key, value in part["attributes"].items()}),
            )
            for part in stored
        )

    def _participations(
        self, element: _Element, loss_report: LossReport
    ) -> tuple[Participation, ...]:
        guid = guid_of(element.get("guid"))
        spans = self._passages.of_case(guid, _selections(element))
        parts = []
        for name in self._transcripts(element, loss_report):
            speakers = self._passages.speakers(guid, name)
            if spans.get(name) and not speakers:
                loss_report.record_changed(
                    "cases", "They hold a part of a source; they got the whole one."
                )
            parts.append(Participation(name, speakers))
        return tuple(parts)

    def _transcripts(self, element: _Element, loss_report: LossReport) -> tuple[str, ...]:
        transcript_names: list[str] = []
        for reference in children(element, "SourceRef", "SelectionRef"):
            name = self._names.get(guid_of(reference.get("targetGUID")))
            if name is None:
                loss_report.record_lost("cases", "A source that they name is not in the file.")
                continue
            transcript_names.append(name)
        transcript_names += self._passages.coded_transcripts(guid_of(element.get("guid")))
        return tuple(dict.fromkeys(transcript_names))

    def _extension_attributes(self, extensions: Mapping[str, Any]) -> dict[str, str]:
        attributes = extensions.get("attributes")
        if not isinstance(attributes, Mapping):
            return {}
        return {str(key): str(value) for key, value in attributes.items()}

    def _attributes(self, element: _Element) -> dict[str, str]:
        attributes: dict[str, str] = {}
        for value in children(element, "VariableValue"):
            reference = child(value, "VariableRef")
            guid = guid_of(reference.get("targetGUID")) if reference is not None else ""
            name = self._variables.get(guid)
            text = "".join("".join(map(str, v.itertext())) for v in children(value, *_VALUES))
            # In a file of another program, an empty value means that the attribute is not set.
            if name is not None and (text or self._is_qualcode_file):
                attributes[name] = text
        return attributes

    def _give(
        self,
        cases: dict[str, Case],
        source: str,
        attributes: Mapping[str, str],
        loss_report: LossReport,
    ) -> None:
        owners = [case for case in cases.values() if source in case.transcripts]
        if not owners:
            name = free_name(source, cases)
            cases[name] = Case(name, FrozenMap(attributes), Participation.in_each(source))
            loss_report.record_changed("cases", "Variables stood on a source; it was given a case.")
        for case in owners:
            # The case's own values win over those of its source.
            merged = FrozenMap({**attributes, **case.attributes})
            cases[case.name] = replace(case, attributes=merged)


def _variable_names(variables: Sequence[_Element], *, is_qualcode_file: bool) -> dict[str, str]:
    """Return the name of each variable by its GUID: no two have the same.

    A usual attribute gets our name (``Geslacht``: ``sex``) where one variable only can be it.
    """
    names: dict[str, str] = {}
    for variable in variables:
        name = free_name(variable.get("name") or "variable", names.values())
        names[guid_of(variable.get("guid"))] = name
    if is_qualcode_file:
        return names
    usual = find_usual_attributes(tuple(names.values())).by_name
    return {guid: usual.get(name, name) for guid, name in names.items()}


def _types(variables: Sequence[_Element], names: Mapping[str, str]) -> FrozenMap[str, str]:
    types = ((names[guid_of(v.get("guid"))], v.get("typeOfVariable") or "Text") for v in variables)
    return FrozenMap({name: type_ for name, type_ in types if type_ != "Text"})


def _selections(case: _Element) -> list[str]:
    return [_target(reference) for reference in children(case, "SelectionRef")]


def case_guids(root: _Element) -> frozenset[str]:
    """Return the GUIDs of the cases of a project."""
    return frozenset(guid_of(case.get("guid")) for case in children(child(root, "Cases"), "Case"))


def case_selections(root: _Element) -> frozenset[str]:
    """Return the GUIDs of the passages that cases refer to as their part of a source."""
    return frozenset(
        _target(ref)
        for case in children(child(root, "Cases"), "Case")
        for ref in children(case, "SelectionRef")
    )


def _target(reference: _Element) -> str:
    return guid_of(reference.get("targetGUID") or reference.get("guid"))
