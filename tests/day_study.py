"""Seven invented interviews about nights in a bakery, in seven formats, and a thin codebook.

Nothing of it is in the sample study: other words, other people, one interview in English, one with
two respondents, one whose lines were cut at a width.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from docx import Document
from openpyxl import Workbook

Turns = tuple[tuple[str, str], ...]

CODEBOOK = """\
Thema;Code;Definitie
Lichaam;Slaap;Slapen, moe zijn, wakker liggen
Lichaam;Klachten;Pijn en kwalen door het werk
Thuis;Gezin;Wat het werk thuis betekent
Thuis;Vrienden;Wie je nog ziet
Werk;Collega's;De ploeg in de nacht
Werk;Trots;Waarom iemand het mooi vindt
"""

_BODY = (
    "Veel. Ik til per nacht een ton aan meel, zeggen ze, en dat voel je in je rug. Ik ben nu "
    "negenendertig en ik loop als een oude man. Maar ik zou niet weten wat ik anders moest, want "
    "dit is het enige wat ik ooit echt goed heb gekund, en daar ben ik trots op."
)
_HOME = (
    "Mijn vrouw zegt dat ze met een schim getrouwd is. We lachen erom, maar het is wel zo. Op "
    "zondag probeer ik wakker te blijven voor de kinderen, en dan val ik aan tafel in slaap."
)
_INTERVIEWS: dict[str, Turns] = {
    "B1": (
        ("I", "Hoe ziet je nacht eruit?"),
        ("R", "Om één uur gaat de wekker. Ik slaap overdag, maar nooit langer dan vier uur."),
        ("I", "En thuis?"),
        ("R", "Mijn dochter zegt: papa is altijd moe. Dat doet pijn, want het klopt ook."),
        ("I", "Waarom blijf je het doen?"),
        ("R", "Als de eerste broden uit de oven komen, dan ben ik trots. Dat heb ik gemaakt 🥐."),
    ),
    "B2": (
        ("Interviewer", "Met wie werk je in de nacht?"),
        ("Bakker", "Met z’n drieën. We zeggen weinig, maar we weten van elkaar alles."),
        ("Interviewer", "Heb je klachten?"),
        ("Bakker", "Mijn knieën. En stof in mijn longen, bakkersastma heet dat."),
    ),
    "B3": (
        ("Interviewer", "Zie je je vrienden nog?"),
        ("Respondent", "Op zaterdag slaap ik door elk feestje heen. De meesten bellen niet meer."),
        ("Interviewer", "Vind je dat erg?"),
        ("Respondent", "Soms wel. Maar mijn ploeg, dat zijn nu ook mijn vrienden geworden."),
    ),
    "B4": (
        ("Interviewer", "Hoe regelen jullie het met de kinderen?"),
        ("Els", "Ik breng ze naar school, hij slaapt dan net een uur."),
        ("Henk", "En om drie uur haal ik ze op. Zo zien we elkaar op de stoep."),
        ("Interviewer", "Mis je elkaar?"),
        ("Els", "Ja. We leven langs elkaar heen, dat zeg ik eerlijk."),
        ("Henk", "Maar de vrijdagavond is heilig, dan eten we samen."),
    ),
    "B5": (
        ("Interviewer", "Hoe slaap je?"),
        (
            "Respondent",
            "Slecht. Met oordoppen en een verduisteringsgordijn, en dan nog hoor ik alles.",
        ),
        ("Interviewer", "En de collega’s?"),
        ("Respondent", "Zonder hen had ik het geen jaar volgehouden."),
    ),
    "B6": (
        ("Interviewer", "How do you sleep?"),
        ("Respondent", "I never sleep through. My body thinks it is in another country, always."),
        ("Interviewer", "What do you like about the work?"),
        ("Respondent", "The quiet. And I am proud when the shop smells of my bread at seven."),
    ),
    "B7": (
        ("Interviewer", "Wat vraagt het van je lichaam?"),
        ("Respondent", _BODY),
        ("Interviewer", "En thuis?"),
        ("Respondent", _HOME),
    ),
}


def make_files(folder: Path) -> list[Path]:
    """Write the interviews, one in each format, and return their files."""
    files = [folder / f"{name}{suffix}" for name, suffix in _SUFFIXES.items()]
    for file in files:
        _WRITERS[file.suffix](_INTERVIEWS[file.stem], file)
    return files


def _write_lines(turns: Turns, file: Path) -> None:
    wrapped = (textwrap.fill(f"{who}: {words}", 66) for who, words in turns)
    file.write_text("\n\n".join(wrapped) + "\n", encoding="utf-8")


def _write_docx(turns: Turns, file: Path) -> None:
    document = Document()
    document.add_heading("Interview in de bakkerij", level=1)
    for who, words in turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{who}: ").bold = True
        paragraph.add_run(words)
    document.save(str(file))


def _write_vtt(turns: Turns, file: Path) -> None:
    cues = (
        f"00:00:{10 * number:02}.000 --> 00:00:{10 * number + 9:02}.000\n<v {who}>{words}"
        for number, (who, words) in enumerate(turns)
    )
    file.write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n", encoding="utf-8")


def _write_markdown(turns: Turns, file: Path) -> None:
    text = "\n\n".join(f"**{who}:** {words}" for who, words in turns)
    file.write_text(f"# Gesprek aan de keukentafel\n\n{text}\n", encoding="utf-8")


def _write_html(turns: Turns, file: Path) -> None:
    body = "".join(f"<p><b>{who}:</b> {words}</p>" for who, words in turns)
    file.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")


def _write_rtf(turns: Turns, file: Path) -> None:
    paragraphs = "".join(f"{{\\b {who}:}} {words}\\par\n" for who, words in turns)
    file.write_text("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\n" + paragraphs + "}")


def _write_xlsx(turns: Turns, file: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("speaker", "text"), *turns):
        sheet.append(row)
    book.save(file)


_SUFFIXES = {
    "B1": ".docx",
    "B2": ".xlsx",
    "B3": ".vtt",
    "B4": ".md",
    "B5": ".html",
    "B6": ".rtf",
    "B7": ".txt",
}
_WRITERS = {
    ".docx": _write_docx,
    ".xlsx": _write_xlsx,
    ".vtt": _write_vtt,
    ".md": _write_markdown,
    ".html": _write_html,
    ".rtf": _write_rtf,
    ".txt": _write_lines,
}

FIRST_WORDS = {name: turns[0][1] for name, turns in _INTERVIEWS.items()}
"""What the interviewer says first in each interview."""
