"""The typology of the sample study: six groups of users, and three target groups for prevention."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from qualcode import study
from qualcode.project import Project

DIMENSIONS = (
    "Setting: uitgaan=influences/recreational_settings; werk=influences/work_settings; thuis=*",
    (
        "Motief: sociaal=motives/sociability|motives/energy; functioneel=motives/performance; "
        "emoties=motives/numbing_emotions|motives/relaxation; ander=*"
    ),
    "Controle: minder = consequences/dependence_and_loss_of_control; meer = *",
)
TYPES = (
    ("Jonger, met feesten, in de hand", "uitgaan,sociaal,meer", "Sociaal gebruik bij uitgaan",
     "Vooral jongeren die met anderen gebruiken en het in de hand hebben."),
    ("Ouder, met feesten, minder in de hand", "uitgaan,sociaal,minder",
     "Sociaal gebruik bij uitgaan", "Vooral ouderen die er last van hebben."),
    ("Met collega's na het werk", "werk,sociaal,*", "Gebruik rond werk",
     "Gebruikt met collega's, vlak na het werk."),
    ("Alleen, om te kunnen werken", "werk,functioneel,*", "Gebruik rond werk",
     "Gebruikt alleen en op het werk, om te presteren of wakker te blijven."),
    ("Om met gevoelens om te gaan", "*,emoties,meer", "Gebruik als uitweg",
     "Gebruikt om iets niet te voelen."),
    ("Bij psychische problemen", "*,emoties,minder", "Gebruik als uitweg",
     "Het gebruik hoort bij psychische problemen die er al waren."),
)  # fmt: skip
DESCRIBED = {
    "P1": ("Bij psychische problemen", "Om met gevoelens om te gaan"),
    "P2": ("Alleen, om te kunnen werken",),
    "P3": ("Jonger, met feesten, in de hand",),
    "P4": ("Met collega's na het werk",),
}
"""The types that professionals speak about, and are not."""


def make_settled_study(path: Path) -> None:
    """Make the sample study, coded by two and settled, at a path."""
    path.write_bytes(_settled_study())


@cache
def _settled_study() -> bytes:
    """Return its file: it takes two seconds to make, and six modules of tests begin with it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "study.qualcode"
        _build_settled_study(path)
        return path.read_bytes()


def _build_settled_study(path: Path) -> None:
    with Project.create(path, name="Proef") as project:
        project.codebook.read(study.codebook())
        for result in project.transcripts.read_files(study.transcripts()):
            assert result.read is not None
            text = result.read.transcript
            project.transcripts.set_roles(text.name, {one.label: one.role for one in text.speakers})
        project.cases.read(study.cases())
        list(project.transcripts.segment())
        for table in study.codings():
            project.codings.read_table(table, partial=True)
        leader = project.acting_as("supervisor").adjudication
        leader.settle(("anna", "bram"), leader.read_decisions(study.decisions()))


def make_typology(project: Project, layer: str = "final") -> None:
    """Define the six groups and give each respondent those of their cells."""
    typology = project.themes.typology
    typology.set_dimensions(DIMENSIONS, "users", layer)
    for name, cells, target, definition in TYPES:
        typology.set_type(name, cells=cells, target=target, definition=definition)
    typology.assign_from_space(layer)
    known = {case.name for case in project.cases.collect()}
    for case, types in DESCRIBED.items():
        if case in known:
            typology.assign(case, types, describes=True)
