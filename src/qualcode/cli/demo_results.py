"""What a researcher wrote on the sample study: summaries and findings, for the results of the demo.

Each sentence stands with words of the passage it rests on, by which the passage is found.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.project import Project

_MOTIVES, _CONSEQUENCES = "motives", "consequences"
_SUMMARIES = {
    ("G1", _MOTIVES): ("Gaat na het werk door met uitgaan, en vindt het samen gezellig.", "langer"),
    ("G2", _MOTIVES): ("Laat op vrijdag de spanning van de week los.", "ontlading"),
    ("G3", _MOTIVES): ("Durft meer, en hoeft 's avonds even niets te voelen.", "in de schuur"),
    ("G4", _MOTIVES): ("Zoekt rust in het hoofd, met een vast ritueel.", "radio uitzet"),
    ("G5", _MOTIVES): ("Houdt lange diensten in de keuken vol.", "voeten"),
    ("G6", _MOTIVES): ("Begon om erbij te horen; later was het tegen somberheid.", "zwarte"),
    ("P1", _MOTIVES): ("Jongeren vinden het leuk; anderen willen niets voelen.", "stil in m'n kop"),
    ("P2", _MOTIVES): ("Op kantoor om scherp te zijn, in de ploeg om wakker te blijven.", "Focus"),
    ("P3", _MOTIVES): ("Op festivals om de dag vol te houden.", "Volhouden"),
    ("P4", _MOTIVES): ("In de horeca is het brandstof voor de avond.", "brandstof"),
    ("G1", _CONSEQUENCES): (
        "Heeft een kater, een kort lontje en ruzie.",
        "lontje",
    ),
    ("G2", _CONSEQUENCES): ("Meldt zich ziek en verloor een klant.", "klant"),
    ("G3", _CONSEQUENCES): (
        "Raakte zijn bedrijf en zijn gezin kwijt.",
        "kopje onder",
    ),
    ("G4", _CONSEQUENCES): ("Kwam te laat op het werk, en is somberder dan eerst.", "somber"),
    ("G5", _CONSEQUENCES): ("Hield schulden over, en proeft minder.", "Veertigduizend"),
    ("G6", _CONSEQUENCES): ("Lag op de intensive care, en verloor werk en geld.", "intensive care"),
    ("P1", _CONSEQUENCES): ("Ziet ruzie thuis en geldzorgen in gezinnen.", "driehonderd euro"),
    ("P2", _CONSEQUENCES): ("Ziet verzuim, fouten en klachten van het hart.", "verzuim"),
    ("P3", _CONSEQUENCES): ("Ziet mensen die omvallen, en agressie op feesten.", "klapt"),
    ("P4", _CONSEQUENCES): ("Ziet fouten in de keuken en een kas die niet klopt.", "de kas"),
}
"""The summaries of the sample study, in the language of its interviews."""
_FINDINGS = (
    (
        "Wie werkt in de nacht of de horeca, gebruikt om het vol te houden.",
        "motives/energy",
        ("langer", "voeten", "brandstof"),
        ("ontlading",),
        "Richt voorlichting ook op nachtwerk en horeca, niet alleen op feesten.",
    ),
    (
        "Wie gebruikt om niets te voelen, houdt daarna meer klachten over.",
        "motives/numbing_emotions",
        ("radio uitzet", "stil in m'n kop", "zwarte"),
        (),
        "Vraag bij somberheid en angst ook naar gebruik.",
    ),
)


def write_summaries(project: Project, path: Path) -> int:
    """Fill a framework matrix of the sample study and write it; return how many cells have one."""
    framework = project.themes.framework
    framework.choose_columns([_MOTIVES, _CONSEQUENCES])
    codings = {coding.id: coding.quote for coding in project.codings.collect()}
    with project.history.step():
        for row in framework.grid().rows:
            for cell in row.cells:
                sentence, words = _SUMMARIES[cell.case, cell.code]
                marks = [key for key in cell.codings if words in codings[key]]
                text = f"{sentence} [{', '.join(marks)}]" if marks else sentence
                framework.write_summary(cell.case, cell.code, text)
    framework.write(framework.grid(), path)
    return len(_SUMMARIES)


def write_findings(project: Project, folder: Path) -> int:
    """Write the findings of the sample study as a joint display and an audit; return how many."""
    findings = project.themes.findings
    codings = project.codings.collect_layer()
    for text, code, supporting, contrary, recommendation in _FINDINGS:
        number = findings.add(text, [code]).number
        for phrases, is_contrary in ((supporting, False), (contrary, True)):
            ids = [
                next(c.id for c in codings if words in c.quote and c.code.startswith(_MOTIVES))
                for words in phrases
            ]
            if ids:
                findings.link(number, ids, contrary=is_contrary)
        findings.recommend(recommendation, [number])
    report = findings.report()
    findings.write(report, folder / "joint.docx")
    findings.write(report, folder / "findings.html", audit=True)
    return len(report.findings)


def count_written(cells: int, findings: int) -> Message:
    """Return how much was written, as a sentence."""
    return Message("{cells} summaries, {findings} findings.", cells=cells, findings=findings)
