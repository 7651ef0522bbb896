"""Measure how long the framework matrix and the findings take on a large study.

    python benchmarks/evidence.py

A study of 100 interviews and 7,000 codings is made, with a summary in each of 400 cells and 20
findings; each table is read and written, and its time is given as a multiple of the plain query
for its data, with the time of drawing the file apart.
"""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from figures import make_study, measure

from qualcode.project import Project

FINDINGS = 20


def main() -> None:
    """Print a line per table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Project.create(folder / "bench.qualcode", as_coder="anna") as project:
            make_study(project, folder)
            framework, findings = project.themes.framework, project.themes.findings
            table = folder / "summaries.csv"
            with table.open("w", encoding="utf-8", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(("participant", "code", "summary"))
                for cell in framework.grid().cells():
                    rows.writerow((cell.case, cell.code, "Een zin. Nog een zin."))
            print(f"summaries  {measure(lambda: framework.read_table(table), 1):.2f} s to read")
            codes = [code.path for code in project.codebook.get().codes if "/" in code.path]
            with project.history.step():
                for path in codes[:FINDINGS]:
                    findings.add("Een bevinding.", [path])
        # Opened anew, so that nothing is kept from before.
        plain = measure(lambda: _opened(folder, lambda p: p.themes.matrix("code", "case")), 2)
        for title, read, write in (
            ("framework", lambda p: p.themes.framework.grid(), _write_grid(folder)),
            ("findings", lambda p: p.themes.findings.report(), _write_findings(folder)),
        ):
            reading = measure(lambda read=read: _opened(folder, read), 2)
            whole = measure(lambda write=write: _opened(folder, write), 2)
            print(
                f"{title:10} {reading:.2f} s, {reading / plain:.1f} times its data alone; "
                f"with the file {whole:.2f} s"
            )


def _opened(folder: Path, act: object) -> None:
    with Project.open(folder / "bench.qualcode", verify=False, as_coder="anna") as project:
        act(project)  # type: ignore[operator]


def _write_grid(folder: Path) -> object:
    def write(project: Project) -> None:
        part = project.themes.framework
        part.write(part.grid(), folder / "grid.docx")

    return write


def _write_findings(folder: Path) -> object:
    def write(project: Project) -> None:
        part = project.themes.findings
        part.write(part.report(), folder / "joint.docx")

    return write


if __name__ == "__main__":
    main()
