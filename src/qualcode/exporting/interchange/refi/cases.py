"""The cases of a REFI-QDA project: their variables, sources and turns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qualcode.exporting.interchange.refi.elements import ElementFields, add, guid, refer
from qualcode.exporting.interchange.refi.qualcoder_layout import QualcoderLayout
from qualcode.exporting.interchange.refi.texts import source_guid, turn_guid
from qualcode.exporting.interchange.refi.variables import fitting_types
from qualcode.model import Case, ExchangeProject, MemoTarget
from qualcode.model.extension_block import is_xml_safe, xml_safe
from qualcode.model.json_values import to_json_value

if TYPE_CHECKING:
    from lxml.etree import _Element


def case_guid(name: str) -> str:
    """Return the GUID of the case with a name."""
    return guid("case", f"called {name}")


def add_cases(
    root: _Element,
    project: ExchangeProject,
    fields: ElementFields,
    layout: QualcoderLayout | None,
) -> None:
    """Append the variables and cases, each with its values and where it speaks."""
    types = fitting_types(project)
    _add_variables(root, project, types)
    if not project.cases:
        return
    cases = add(root, "Cases")
    turns = _turns_of_cases(project)
    for case in project.cases:
        element = add(cases, "Case", guid=case_guid(case.name), name=case.name)
        shown_text = layout.text(MemoTarget.CASE, case.name) if layout else ""
        fields.describe(element, "", _case_fields(case), case.name, shown=shown_text)
        for name, text in case.attributes.items():
            value = add(element, "VariableValue")
            refer(value, "VariableRef", guid("variable", f"called {name}"))
            add(value, f"{types.get(name, 'Text')}Value").text = xml_safe(text)
        names = [part.transcript for part in case.participations]
        # The standard wants whole sources before selections.
        for name in names:
            if not turns.get((case.name, name)):
                refer(element, "SourceRef", source_guid(name))
        # A reference to the whole source would give others' words to this case.
        for name in () if layout else names:
            for number in turns.get((case.name, name), ()):
                refer(element, "SelectionRef", turn_guid(name, number))


def _add_variables(root: _Element, project: ExchangeProject, types: Mapping[str, str]) -> None:
    names = dict.fromkeys(key for case in project.cases for key in case.attributes)
    if names:
        variables = add(root, "Variables")
        for name in names:
            add(
                variables,
                "Variable",
                guid=guid("variable", f"called {name}"),
                name=name,
                typeOfVariable=types.get(name, "Text"),
            )


def _case_fields(case: Case) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if not is_xml_safe(case.name):
        fields["name"] = case.name
    words = (*case.attributes, *case.attributes.values())
    # The variables may have lost characters: the exact values are kept too.
    if not all(map(is_xml_safe, words)) or "" in case.attributes:
        fields["attributes"] = to_json_value(case.attributes)
    # The standard knows no attributes of a moment, and no labels of speakers.
    if any(part.speakers or part.attributes for part in case.participations):
        fields["participations"] = to_json_value(case.participations)
    return fields


def _turns_of_cases(project: ExchangeProject) -> dict[tuple[str, str], list[int]]:
    """Return the numbers of the turns of each case in a transcript where it is a named speaker."""
    texts = {source.transcript.name: source.transcript for source in project.sources}
    return {
        (case.name, part.transcript): [
            turn.number for turn in texts[part.transcript].turns if turn.speaker in part.speakers
        ]
        for case in project.cases
        for part in case.participations
        if part.speakers and part.transcript in texts
    }


def speakers_of_cases(project: ExchangeProject) -> dict[str, frozenset[str]]:
    """Return the labels of the speakers who are cases, by transcript."""
    speakers: dict[str, frozenset[str]] = {}
    for case in project.cases:
        for part in case.participations:
            speaker_names = speakers.get(part.transcript, frozenset())
            speakers[part.transcript] = speaker_names | {*part.speakers}
    return speakers
