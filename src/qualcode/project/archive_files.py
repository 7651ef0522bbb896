"""The files of an archive: data, documentation, tables, metadata, and the hashes of all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import __version__
from qualcode.cell_guard import guard_cell
from qualcode.errors import UndefinedRequestError
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model.annex import AnnexKind
from qualcode.model.archive import ArchivedStudy
from qualcode.project.archive_tables import (
    PROJECT_FILE,
    SETTINGS_FILE,
    compute_tables,
    pack_settings,
)
from qualcode.project.archived_evidence import (
    FINDINGS_FILE,
    SUMMARIES_FILE,
    SUMMARY_COLUMNS,
    ArchivedEvidence,
)
from qualcode.project.archived_typology import TYPOLOGY_FILE

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot

MANIFEST = "manifest-sha256.txt"
UNKNOWN = ":unav"
"""What DataCite writes where a value is not known yet; the author fills it in."""


class ArchiveFiles:
    """Makes the files of the archive of one study.

    Args:
        project: The project.
        snapshot: Its state.
        study: What may go in.
        written: Summaries and findings on it.
        language: ``nl`` or ``en``: of documents.
        names: How many likely names are left in it, and why they may stay.
    """

    def __init__(
        self,
        project: Project,
        snapshot: Snapshot,
        study: ArchivedStudy,
        written: ArchivedEvidence,
        *,
        language: str,
        names: tuple[int, str],
    ) -> None:
        self._project = project
        self._snapshot = snapshot
        self._study = study
        self._written = written
        self._language = language
        self._names = names
        self._words = Wording(language)

    def make(self) -> dict[str, bytes]:
        """Return the bytes of each file by its name in the archive."""
        files = self._data()
        settings = pack_settings(self._project, self._language)
        settings["accepted_risks"] |= self._study.accepted
        files[SETTINGS_FILE] = _json(settings)
        files |= compute_tables(files, settings)
        files |= self._documents()
        files["documentation/redactions.csv"] = self._redactions()
        files["documentation/consent.csv"] = self._consent()
        files["metadata/datacite.json"] = _json(self._metadata())
        files["README.md"] = self._readme(files).encode("utf-8")
        files[MANIFEST] = write_manifest(files)
        return dict(sorted(files.items()))

    # --- data --------------------------------------------------------------------------------

    def _data(self) -> dict[str, bytes]:
        from qualcode.exporting.interchange.refi import write_refi, write_refi_codebook

        archived = self._study.project
        with tempfile.TemporaryDirectory() as name:
            qdpx, qdc = Path(name) / "project.qdpx", Path(name) / "codebook.qdc"
            created = self._snapshot.info.created_at
            write_refi(archived, qdpx, created=created, position_unit="codepoint")
            write_refi_codebook(self._snapshot.codebook, qdc)
            files = {PROJECT_FILE: qdpx.read_bytes(), "data/codebook.qdc": qdc.read_bytes()}
        for source in archived.sources:
            text = source.transcript
            files[f"data/texts/{_file_name(text.name)}.txt"] = text.text.encode("utf-8")
        files["data/listing.csv"] = _csv(
            ("interview", "participants", "in_archive", "turns", "words", "masked_passages"),
            (
                (i.name, "; ".join(i.participants), _yes(i.is_in), i.turns, i.words, i.masked)
                for i in self._study.interviews
            ),
        )
        written = self._written
        if written.summaries:
            files[SUMMARIES_FILE] = _csv(SUMMARY_COLUMNS, written.summaries)
        if written.findings:
            files[FINDINGS_FILE] = _json(written.findings)
        if written.typology:
            files[TYPOLOGY_FILE] = _json(written.typology)
        return files

    # --- documentation -----------------------------------------------------------------------

    def _documents(self) -> dict[str, bytes]:
        publication = self._project.exchange.publication
        files: dict[str, bytes] = {}
        with tempfile.TemporaryDirectory() as name:
            for kind in (AnnexKind.GUIDE, AnnexKind.DEVELOPMENT, AnnexKind.REFERENCES):
                file = Path(name) / f"{kind}.docx"
                try:
                    publication.write_annex(kind, file, language=self._language)
                except UndefinedRequestError:
                    # No guide was read, or nobody coded twice.
                    continue
                files[f"documentation/{file.name}"] = file.read_bytes()
            for suffix in ("docx", "json"):
                file = Path(name) / f"history.{suffix}"
                publication.write_audit(file, language=self._language)
                files[f"documentation/{file.name}"] = file.read_bytes()
        files["documentation/methods.md"] = self._methods().encode("utf-8")
        return files

    def _methods(self) -> str:
        paragraphs = self._project.exchange.publication.methods(language=self._language)
        title = self._words(Message("Methods"))
        return "\n\n".join((f"# {title}", *paragraphs)) + "\n"

    def _redactions(self) -> bytes:
        """Return what was taken out or made coarser, and why."""
        measures = self._project.disclosure.measures()
        masked = sum(interview.masked for interview in self._study.interviews if interview.is_in)
        out = [i.name for i in self._study.interviews if not i.is_in]
        say = self._words
        refused = say(Message("no consent for the archive")) if out else ""
        names = say(Message("they name people"))
        rows: list[tuple[object, ...]] = [
            (
                say(Message("passages masked")),
                "",
                masked,
                say(Message("withheld from publication")),
            ),
            (say(Message("interviews left out")), "; ".join(out), len(out), refused),
            (say(Message("names of coders and of interviews")), "", "", names),
            (say(Message("memos and remarks")), "", "", names),
            (say(Message("original files")), "", "", names),
        ]
        if self._names[0]:
            rows.append((say(Message("likely names left in the texts")), "", *self._names))
        replaced = self._count_replaced()
        if replaced:
            rows.append((say(Message("places where a name was replaced")), "", replaced, names))
        coarser = say(Message("attribute in less detail or not at all"))
        rows += [(coarser, name, "", "") for name in measures.coarser]
        accepted = say(Message("risk accepted"))
        rows += [
            (accepted, measure.item, "", measure.because)
            for measure in measures.listed()
            if measure.kind == "confirm"
        ]
        return _csv(("what", "which", "number", "why"), rows)

    def _count_replaced(self) -> int:
        known = self._snapshot.recall("events", self._project.history.events)
        events = (event for event in known if event.action == "project.pseudonymize")
        return sum(json.loads(event.after).get("places", 0) for event in events)

    def _consent(self) -> bytes:
        return _csv(
            ("participant", "consent", "in_archive", "because"),
            (
                (row.participant, row.consent, _yes(row.is_in), self._study.reason)
                for row in self._study.consent
            ),
        )

    def _metadata(self) -> dict[str, Any]:
        """Return the metadata by the schema of DataCite, with what only the author knows open."""
        info, latest = self._snapshot.info, self._snapshot.latest_event
        changed = latest.at if latest else info.created_at
        count = sum(interview.is_in for interview in self._study.interviews)
        return {
            "schemaVersion": "http://datacite.org/schema/kernel-4",
            "creators": [{"name": UNKNOWN}],
            "titles": [{"title": info.name}],
            "publisher": {"name": UNKNOWN},
            "publicationYear": str(changed.year),
            "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Interview data"},
            "language": info.language,
            "dates": [
                {"date": f"{info.created_at:%Y-%m-%d}", "dateType": "Created"},
                {"date": f"{changed:%Y-%m-%d}", "dateType": "Updated"},
            ],
            "formats": ["application/zip", "text/plain", "text/csv", "application/json"],
            "sizes": [f"{count} interviews"],
            "rightsList": [{"rights": UNKNOWN}],
            "descriptions": [{"description": UNKNOWN, "descriptionType": "Abstract"}],
        }

    def _readme(self, files: Iterable[str]) -> str:
        say = self._words
        count = sum(interview.is_in for interview in self._study.interviews)
        lines = [
            f"# {self._snapshot.info.name}",
            say(
                Message(
                    "{kept} of {all} interviews are in this archive. Coders and interviews have "
                    "aliases; what is withheld from publication is masked with █, so that "
                    "positions in the texts stay true.",
                    kept=count,
                    all=len(self._study.interviews),
                )
            ),
            say(
                Message(
                    "Tables are computed from {file} alone. To check every file and to compute "
                    "every table again: qualcode archive verify FOLDER (made with qualcode "
                    "{version}).",
                    file=PROJECT_FILE,
                    version=__version__,
                )
            ),
            say(
                Message(
                    "In metadata/datacite.json, {unknown} stands for what only you know: creators, "
                    "publisher, licence, abstract.",
                    unknown=UNKNOWN,
                )
            ),
            "\n".join(f"- `{name}`" for name in sorted({*files, MANIFEST, "README.md"})),
        ]
        return "\n\n".join(lines) + "\n"


def write_manifest(files: dict[str, bytes]) -> bytes:
    """Return the hash of each file, in the layout of ``sha256sum``."""
    lines = (
        f"{hashlib.sha256(data).hexdigest()}  {name}\n"
        for name, data in sorted(files.items())
        if name != MANIFEST
    )
    return "".join(lines).encode("utf-8")


def _file_name(alias: str) -> str:
    # A pseudonym is free text; a file name is not.
    return "".join(c if c.isalnum() or c in "-_. ()" else "_" for c in alias).strip(". ") or "_"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([guard_cell(c) if isinstance(c, str) else c for c in row])
    return out.getvalue().encode("utf-8-sig")
