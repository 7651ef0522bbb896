"""Cases, variables and sets of a REFI-QDA file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.importing.column_aliases import match_column
from qualcode.importing.refi.container import child, children, guid_of, text_of
from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.sources import TextElement, free_name
from qualcode.model import Case, ExchangeSet, FrozenMap
from qualcode.model.extension_block import split_block

if TYPE_CHECKING:
    from lxml.etree import _Element

_USUAL = ("group", "sex", "age_band", "region", "work")
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
        is_own: bool,
    ) -> None:
        """Prepare.

        Args:
            root: The project.
            sources: Its texts.
            names: Name of the transcript by GUID of a source, its text, a selection or a coding.
            coded: GUID of a case and name of a transcript that is coded with it.
            is_own: Whether we wrote the file, so that attributes have our names already.
        """
        self._root = root
        self._sources = sources
        self._names = names
        self._coded: dict[str, list[str]] = {}
        for guid, name in coded:
            self._coded.setdefault(guid, []).append(name)
        self._is_own = is_own
        variables = children(child(root, "Variables"), "Variable")
        self._variables = {guid_of(v.get("guid")): v.get("name") or "variable" for v in variables}
        self.memos: list[tuple[str, str]] = []
        """Name of a case and its description."""
        self.found: dict[str, str] = {}
        """Name of a case by its GUID."""

    def read(self, loss_report: LossReport) -> tuple[Case, ...]:
        """Return the cases; attributes that stand on a source go to its case."""
        cases: dict[str, Case] = {}
        for element in children(child(self._root, "Cases"), "Case"):
            case = self._case(element, cases, loss_report)
            cases[case.name] = case
        for source in self._sources:
            found = self._attributes(source.whole)
            if found:
                self._give(cases, source.name, found, loss_report)
        return tuple(cases.values())

    def _case(self, element: _Element, taken: Collection[str], loss_report: LossReport) -> Case:
        description, own = split_block(text_of(element, "Description"))
        shown = str(own.get("name") or element.get("name") or "case")
        name = free_name(shown if shown.strip() else "case", taken)
        loss_report.record_lost(
            "codes", "They are on a whole case.", sum(1 for _ in children(element, "CodeRef"))
        )
        self.found[guid_of(element.get("guid"))] = name
        if not self._is_own and description.strip():
            self.memos.append((name, description))
        attributes = self._own_attributes(own) or self._attributes(element)
        return Case(name, FrozenMap(attributes), self._transcripts(element, loss_report))

    def _transcripts(self, element: _Element, loss_report: LossReport) -> tuple[str, ...]:
        found: list[str] = []
        for reference in children(element, "SourceRef", "SelectionRef"):
            name = self._names.get(guid_of(reference.get("targetGUID")))
            if name is None:
                loss_report.record_lost("cases", "A source that they name is not in the file.")
                continue
            if str(reference.tag).endswith("SelectionRef") and name not in found:
                loss_report.record_changed(
                    "cases", "They hold a part of a source; they got the whole one."
                )
            found.append(name)
        found += self._coded.get(guid_of(element.get("guid")), ())
        return tuple(dict.fromkeys(found))

    def _own_attributes(self, own: Mapping[str, Any]) -> dict[str, str]:
        given = own.get("attributes")
        if not isinstance(given, Mapping):
            return {}
        return {str(key): str(value) for key, value in given.items()}

    def _attributes(self, element: _Element) -> dict[str, str]:
        found: dict[str, str] = {}
        for value in children(element, "VariableValue"):
            reference = child(value, "VariableRef")
            guid = guid_of(reference.get("targetGUID")) if reference is not None else ""
            name = self._variables.get(guid)
            text = "".join("".join(map(str, v.itertext())) for v in children(value, *_VALUES))
            if name is not None and (text or self._is_own):
                found[name if self._is_own else _attribute(name)] = text
        return found

    def _give(
        self, cases: dict[str, Case], source: str, found: Mapping[str, str], loss_report: LossReport
    ) -> None:
        owners = [case for case in cases.values() if source in case.transcripts]
        if not owners:
            name = free_name(source, cases)
            cases[name] = Case(name, FrozenMap(found), (source,))
            loss_report.record_changed("cases", "Variables stood on a source; it was given a case.")
        for case in owners:
            merged = FrozenMap({**found, **case.attributes})
            cases[case.name] = Case(case.name, merged, case.transcripts)


def _attribute(name: str) -> str:
    """Return our name of a usual attribute (``Geslacht``: ``sex``), else the name as it is."""
    return next((own for own in _USUAL if match_column([name], own) is not None), name)


def case_guids(root: _Element) -> frozenset[str]:
    """Return the GUIDs of the cases of a project."""
    return frozenset(guid_of(one.get("guid")) for one in children(child(root, "Cases"), "Case"))


def case_selections(root: _Element) -> frozenset[str]:
    """Return the GUIDs of what cases refer to as their part of a source."""
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
    """Return the sets of a file, without those that hold fields of our own.

    Args:
        root: The project or codebook.
        paths: Path of a code by its GUID.
        names: Name of a transcript by the GUID of its source.
        cases: Name of a case by its GUID.
        loss_report: What could not be taken as it is.
    """
    found: list[ExchangeSet] = []
    for element in children(child(root, "Sets"), "Set"):
        description, own = split_block(text_of(element, "Description"))
        if own:
            continue
        members = [
            _target(ref) for ref in children(element, "MemberCode", "MemberSource", "MemberNote")
        ]
        found.append(
            ExchangeSet(
                name=element.get("name") or "set",
                description=description.strip(),
                codes=tuple(paths[guid] for guid in members if guid in paths),
                sources=tuple(names[guid] for guid in members if guid in names),
                cases=tuple(cases[guid] for guid in members if guid in cases),
            )
        )
        known = sum(guid in paths or guid in names or guid in cases for guid in members)
        loss_report.record_lost(
            "members of sets", "They are notes, or not in the file.", len(members) - known
        )
    return tuple(found)


def _target(reference: _Element) -> str:
    return guid_of(reference.get("targetGUID") or reference.get("guid"))
