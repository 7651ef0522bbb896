"""The typology in an archive: dimensions, types, and who of the archive is which.

Only what those in the archive have is in it: no value, no category and no assignment of somebody
who refused or withdrew. Reasons of assignments stay out, as all remarks do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from qualcode import themes
from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import CONSENSUS, Case
from qualcode.model.archive import ArchivedStudy
from qualcode.model.property_space import Category, TypeAssignment, TypologyDesign
from qualcode.project.type_design import read_assignments, unpack_design

if TYPE_CHECKING:
    from pathlib import Path

    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot

TYPOLOGY_FILE = "data/typology.json"


def prepare_typology(
    project: Project, snapshot: Snapshot, study: ArchivedStudy
) -> Mapping[str, Any]:
    """Return the typology as it goes into an archive, as values of JSON; empty if there is none.

    Args:
        project: The project.
        snapshot: Its state.
        study: What goes into the archive, with cases as they may be printed.
    """
    part = project.themes.typology
    design = part.design()
    book = study.project.codebook
    if not design.types or book is None:
        return {}
    cases = study.project.cases
    measures = project.disclosure.measures()
    attributes = {
        c.attribute for d in design.dimensions for k in d.categories for c in k.conditions
    }
    # As if every attribute were coarser: then only values that somebody here has are left.
    printed = themes.print_design(design, cases, measures.wider, attributes - {""})
    # A wave of an interview that stayed out is not here.
    moments = {case.name: {"", *_waves(case)} for case in cases}
    return {
        "design": asdict(_with_codes(printed, {c.id or c.path: c.path for c in book.codes})),
        "assigned": [
            {"coder": _alias(coder, study), **_packed(assignment)}
            for coder in part.assigned_by()
            for assignment in read_assignments(snapshot, coder)
            if assignment.wave in moments.get(assignment.case, ())
        ],
    }


def _waves(case: Case) -> Iterator[str]:
    return (part.attributes.get("wave", "") for part in case.participations)


def _alias(coder: str, study: ArchivedStudy) -> str:
    return coder if coder in {"", CONSENSUS} else study.coders.get(coder, "?")


def _packed(assignment: TypeAssignment) -> dict[str, Any]:
    values = asdict(assignment)
    del values["reason"]
    return values


def texts_of_typology(packed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield where each text stands that researchers wrote on types, and what it says."""
    if not packed:
        return
    for case_type in packed["design"]["types"]:
        where = Message("type {name}", name=case_type["name"])
        for text in (case_type["name"], case_type["definition"], case_type["target"]):
            yield where, text
    for dimension in packed["design"]["dimensions"]:
        where = Message("dimension {name}", name=dimension["name"])
        yield where, dimension["name"]
        yield from ((where, category["name"]) for category in dimension["categories"])


def write_typology(project: Project, data: bytes, file: Path, language: str) -> bool:
    """Read the typology of an archive into a project and write it as it is printed.

    Args:
        project: The project, read from the archive.
        data: The typology as JSON.
        file: Where to write.
        language: ``nl`` or ``en``.

    Returns:
        Whether there is something to print.

    Raises:
        QualcodeError: it does not fit.
        ValueError: it is no JSON.
        KeyError: a field is missing.
    """
    packed = json.loads(data)
    book = project.codebook.get()
    ids = {code.path: code.id or code.path for code in book.codes}
    assigned: dict[str, list[TypeAssignment]] = {}
    for row in packed["assigned"]:
        values = {key: value for key, value in row.items() if key != "coder"}
        assigned.setdefault(row["coder"], []).append(TypeAssignment(**values))
    part = project.themes.typology
    part.restore(_with_codes(unpack_design(packed["design"]), ids), assigned)
    try:
        part.write(part.report(language=language, for_print=True), file, language=language)
    except UndefinedRequestError:
        # Coders differ on somebody, as they did in the study: nothing was printed there either.
        return False
    return True


def _with_codes(design: TypologyDesign, names: Mapping[str, str]) -> TypologyDesign:
    """Return a design with its codes under other names: paths for readers, ids in a project."""

    def renamed(category: Category) -> Category:
        conditions = (
            replace(c, codes=tuple(names.get(code, code) for code in c.codes))
            for c in category.conditions
        )
        return replace(category, conditions=tuple(conditions))

    dimensions = (
        replace(d, categories=tuple(map(renamed, d.categories))) for d in design.dimensions
    )
    return replace(design, dimensions=tuple(dimensions))
