"""Cases, variables and sets of a REFI-QDA file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.importing.column_aliases import find_usual_attributes
from qualcode.importing.refi.container import child, children, guid_of, text_of
from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.sources import TextElement, free_name
from qualcode.model import Case, ExchangeSet, FrozenMap
from qualcode.model.extension_block import split_extension_block

if TYPE_CHECKING:
    from lxml.etree import _Element

_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


class CaseReader:
    """Reads the cases of one file."""

    def __init__(
        self,
        root: _Element,
        sources: Sequence[TextElement],
        names: Mapping[str, str],
        coded: Iterable[tuple[str, str]],
        *,
        is_qualcode_file: bool,
    ) -> None:
        """Prepare.

        Args:
            root: The project.
            sources: Its texts.
            names: Name of the transcript by GUID of a source, its text, a selection or a coding.
            coded: GUID of a case and name of a transcript that is coded with it.
            is_qualcode_file: Whether qualcode wrote the file; attributes keep their names then.
        """
        self._root = root
        self._sources = sources
        self._names = names
        self._coded: dict[str, list[str]] = {}
        for guid, name in coded:
            self._coded.setdefault(guid, []).append(name)
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
        cases: dict[str, Case] = {}
        for element in children(child(self._root, "Cases"), "Case"):
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
        title = str(extensions.get("name") or element.get("name") or "case")
        name = free_name(title if title.strip() else "case", existing_names)
        loss_report.record_lost(
            "codes", "They are on a whole case.", sum(1 for _ in children(element, "CodeRef"))
        )
        self.names_by_guid[guid_of(element.get("guid"))] = name
        if not self._is_qualcode_file and description.strip():
            self.memos.append((name, description))
        attributes = self._extension_attributes(extensions) or self._attributes(element)
        return Case(name, FrozenMap(attributes), self._transcripts(element, loss_report))

    def _transcripts(self, element: _Element, loss_report: LossReport) -> tuple[str, ...]:
        transcript_names: list[str] = []
        for reference in children(element, "SourceRef", "SelectionRef"):
            name = self._names.get(guid_of(reference.get("targetGUID")))
            if name is None:
                loss_report.record_lost("cases", "A source that they name is not in the file.")
                continue
            if str(reference.tag).endswith("SelectionRef") and name not in transcript_names:
                loss_report.record_changed(
                    "cases", "They hold a part of a source; they got the whole one."
                )
            transcript_names.append(name)
        transcript_names += self._coded.get(guid_of(element.get("guid")), ())
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
            cases[name] = Case(name, FrozenMap(attributes), (source,))
            loss_report.record_changed("cases", "Variables stood on a source; it was given a case.")
        for case in owners:
            # The case's own values win over those of its source.
            merged = FrozenMap({**attributes, **case.attributes})
            cases[case.name] = Case(case.name, merged, case.transcripts)


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


def read_sets(
    root: _Element,
    paths: Mapping[str, str],
    names: Mapping[str, str],
    cases: Mapping[str, str],
    loss_report: LossReport,
) -> tuple[ExchangeSet, ...]:
    """Return the sets of a file, except those that hold fields of qualcode.

    Args:
        root: The project or codebook.
        paths: Path of a code by its GUID.
        names: Name of a transcript by the GUID of its source.
        cases: Name of a case by its GUID.
        loss_report: Gets the members that were not imported.
    """
    sets: list[ExchangeSet] = []
    for element in children(child(root, "Sets"), "Set"):
        description, extensions = split_extension_block(text_of(element, "Description"))
        if extensions:
            continue
        members = [
            _target(ref) for ref in children(element, "MemberCode", "MemberSource", "MemberNote")
        ]
        sets.append(
            ExchangeSet(
                name=element.get("name") or "set",
                description=description.strip(),
                codes=tuple(paths[guid] for guid in members if guid in paths),
                sources=tuple(names[guid] for guid in members if guid in names),
                cases=tuple(cases[guid] for guid in members if guid in cases),
            )
        )
        imported_count = sum(guid in paths or guid in names or guid in cases for guid in members)
        loss_report.record_lost(
            "members of sets", "They are notes, or not in the file.", len(members) - imported_count
        )
    return tuple(sets)


def _target(reference: _Element) -> str:
    return guid_of(reference.get("targetGUID") or reference.get("guid"))
