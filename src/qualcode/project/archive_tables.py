"""The tables of an archive, computed from what is in the archive and from nothing else.

The archive is made by the same function that verifies it later: a table that could not be made from
the archived data alone would not be in it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import __version__
from qualcode.errors import UndefinedRequestError, UnknownNameError
from qualcode.model import AttributeType
from qualcode.project.archived_evidence import (
    FINDINGS_FILE,
    SUMMARIES_FILE,
    read_findings,
    read_summaries,
)
from qualcode.project.archived_typology import TYPOLOGY_FILE, write_typology
from qualcode.project.layers import FINAL

if TYPE_CHECKING:
    from qualcode.project.project import Project

PROJECT_FILE = "data/project.qdpx"
SETTINGS_FILE = "documentation/settings.json"
TABLES_FORMAT = 5
"""Raised whenever a table of the same data gets other bytes: an archive says which it holds."""
_TABLES = ("code_by_group", "code_by_case", "case_by_attribute", "cases", "codings", "transcripts")


def pack_settings(project: Project, language: str) -> dict[str, Any]:
    """Return what the tables depend on besides the data."""
    measures = project.disclosure.measures()
    info = project.info
    return {
        "made_with": f"qualcode {__version__}",
        "tables_format": TABLES_FORMAT,
        "name": info.name,
        "language": info.language,
        "language_of_tables": language,
        "threshold": measures.threshold,
        "hide_counts": measures.hide_counts,
        "framework_columns": [*project.themes.framework.columns()],
        "accepted_risks": dict(sorted(measures.confirmed.items())),
        "attributes": [
            {
                "name": attribute.name,
                "type": attribute.type.value,
                "values": [*attribute.values],
                "cuts": [*attribute.cuts],
            }
            for attribute in project.cases.attributes.collect()
        ],
    }


def compute_tables(files: Mapping[str, bytes], settings: Mapping[str, Any]) -> dict[str, bytes]:
    """Return every table of an archive by its name in it.

    Args:
        files: The archived project, and summaries, findings and a typology where there are some.
        settings: From :func:`pack_settings`.

    Raises:
        QualcodeError: the project, or what was written on it, cannot be read.
    """
    from qualcode.project.project import Project

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "project.qdpx"
        file.write_bytes(files[PROJECT_FILE])
        target = folder / "study.qualcode"
        with Project.create(
            target, name=settings["name"], language=settings["language"]
        ) as project:
            project.exchange.read(file)
            _apply(project, settings)
            language = settings["language_of_tables"]
            written = _write_tables(project, folder, language)
            return {**written, **_write_evidence(project, folder, files, settings)}


def _apply(project: Project, settings: Mapping[str, Any]) -> None:
    project.disclosure.set_threshold(settings["threshold"])
    if settings["hide_counts"]:
        project.disclosure.hide_counts()
    for risk, reason in settings["accepted_risks"].items():
        project.disclosure.accept_risk(risk, reason)
    attribute_names = {attribute.name for attribute in project.cases.attributes.collect()}
    for packed in settings["attributes"]:
        # An attribute of interviews that stayed out is not here.
        if packed["name"] in attribute_names:
            project.cases.attributes.set_type(
                packed["name"],
                AttributeType(packed["type"]),
                values=packed["values"],
                cuts=packed["cuts"],
            )


def _write_tables(project: Project, folder: Path, language: str) -> dict[str, bytes]:
    written: dict[str, bytes] = {}
    for table_name in _TABLES:
        file = folder / f"{table_name}.csv"
        try:
            project.exchange.write_table(table_name, file, layer=FINAL)
        except UnknownNameError:
            # Where nobody is in a group, there is no table by group.
            continue
        written[f"tables/{table_name}.csv"] = file.read_bytes()
    for kind in ("codebook", "sample"):
        # A docx holds the date of the project, and the archived one is made anew.
        for suffix in ("csv", "md"):
            file = folder / f"{kind}.{suffix}"
            try:
                project.exchange.publication.write_annex(kind, file, language=language)
            except UndefinedRequestError:
                # A study may have no participants.
                continue
            written[f"tables/{kind}.{suffix}"] = file.read_bytes()
    return written


def _write_evidence(
    project: Project, folder: Path, files: Mapping[str, bytes], settings: Mapping[str, Any]
) -> dict[str, bytes]:
    language = settings["language_of_tables"]
    written: dict[str, bytes] = {}
    if SUMMARIES_FILE in files:
        framework = project.themes.framework
        framework.choose_columns(settings["framework_columns"])
        read_summaries(project, files[SUMMARIES_FILE], folder)
        file = folder / "framework.md"
        framework.write(framework.grid(), file, language=language)
        written[f"tables/{file.name}"] = file.read_bytes()
    if FINDINGS_FILE in files:
        findings = project.themes.findings
        read_findings(project, files[FINDINGS_FILE])
        file = folder / "findings.md"
        findings.write(findings.report(language=language), file, language=language)
        written[f"tables/{file.name}"] = file.read_bytes()
    if TYPOLOGY_FILE in files:
        file = folder / "typology.md"
        if write_typology(project, files[TYPOLOGY_FILE], file, language):
            written[f"tables/{file.name}"] = file.read_bytes()
    return written


def read_settings(data: bytes) -> dict[str, Any]:
    """Return the settings of an archive.

    Raises:
        ValueError: they are not as :func:`pack_settings` wrote them.
    """
    settings = json.loads(data)
    if not isinstance(settings, dict):
        raise TypeError("settings")
    return settings
