"""Measure how long documents, a typology and the archive take, next to the plain query for each.

    python benchmarks/publication.py

The study is that of ``figures``: 100 interviews and 7,000 codings.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from figures import make_study, measure

from qualcode.model.annex import AnnexKind
from qualcode.project import Project, verify_archive

ANNEXES = (AnnexKind.CODEBOOK, AnnexKind.DEVELOPMENT, AnnexKind.SAMPLE)


def main() -> None:
    """Print a line per document."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Project.create(folder / "bench.qualcode", as_coder="anna") as project:
            make_study(project, folder)
            publication = project.exchange.publication
            collect = project.quotes.collect
            documents = {
                # The checklist and the audit trail tell of themes and of the history.
                "coreq": (collect, partial(publication.checklist, "coreq")),
                "audit": (partial(_history_and_themes, project), publication.audit),
                AnnexKind.SAMPLE: (project.cases.table, publication.sample),
            }
            for title, (query, read) in documents.items():
                _print(title, measure(query), measure(read))
            writers = {
                "coreq": partial(publication.write_checklist, "coreq", folder / "coreq.docx"),
                "audit": partial(publication.write_audit, folder / "audit.docx"),
            }
            for kind in ANNEXES:
                file = folder / f"{kind}.docx"
                writers[kind] = partial(publication.write_annex, kind, file)
            _measure_typology(project, folder)
            _measure_archive(project, folder)
            plain = measure(collect)
            for title, write in writers.items():
                seconds = measure(write)
                print(f"{title:12} {seconds:.2f} s with the file; quotes alone {plain:.2f} s")


def _measure_typology(project: Project, folder: Path) -> None:
    """Two dimensions, nine types; next to the property space and the quotes that it prints."""
    typology = project.themes.typology
    paths = [code.path for code in project.codebook.get().codes if "/" in code.path]
    names = [f"t{number}" for number in range(3)]
    rules = "; ".join(f"{name}={path}" for name, path in zip(names, paths, strict=False))
    typology.set_dimensions([f"Een: {rules}", "Groep: @group"])
    for name in names:
        for group in ("users", "professionals"):
            typology.set_type(f"{name} {group}", cells=f"{name}, {group}")
    typology.assign_from_space()

    def query() -> None:
        typology.space()
        project.quotes.collect()

    report = partial(typology.report, for_print=True)
    _print("typology", measure(query), measure(report))
    printed = report()
    drawing = measure(lambda: typology.write(printed, folder / "types.docx"))
    print(f"{'':12} {drawing:.2f} s for the file")


def _measure_archive(project: Project, folder: Path) -> None:
    """Next to the project file of an archive read into a project, and its tables written once."""
    exchange, archive = project.exchange, folder / "archive.zip"
    names = ("code_by_group", "code_by_case", "case_by_attribute", "cases", "codings")

    def query() -> None:
        exchange.write(folder / "whole.qdpx")
        for name in names:
            exchange.write_table(name, folder / f"{name}.csv", layer="final")
        for kind in ("codebook", "sample"):
            for suffix in ("csv", "md"):
                exchange.publication.write_annex(kind, folder / f"{kind}.{suffix}")
        exchange.publication.write_audit(folder / "history.docx")
        with Project.create(folder / "again.qualcode", name="again") as again:
            again.exchange.read(folder / "whole.qdpx")
        (folder / "again.qualcode").unlink()

    def make() -> None:
        archive.unlink(missing_ok=True)
        exchange.publication.make_archive(archive, reason="invented", names_because="invented")

    plain = measure(query, 1)
    _print("archive", plain, measure(make, 1))
    _print("verify", plain, measure(partial(verify_archive, archive), 1))


def _history_and_themes(project: Project) -> None:
    project.history.events()
    project.themes.count_by("group")


def _print(title: str, plain: float, seconds: float) -> None:
    print(f"{title:12} {seconds:.2f} s, {seconds / plain:.1f} times its data alone")


if __name__ == "__main__":
    main()
