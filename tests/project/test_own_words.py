"""Words of the codebook are words: a quote that begins with one holds no name."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.model import Code, Codebook, LocalText, QuoteFilter, Role, Span
from qualcode.project import Project

TEXT = (
    "I: Hoe gaat het?\nR: Inspraak hebben we niet.\nR: Vlinderrooster is zwaar.\n"
    "R: Fatima regelt het.\nR: Moejdeh ook.\n"
)
QUOTES = {
    "Inspraak hebben we niet.": "rooster/inspraak",
    "Vlinderrooster is zwaar.": "rooster/inspraak",
    "Fatima regelt het.": "rooster/fatima",
    "Moejdeh ook.": "rooster/inspraak",
}


@pytest.mark.slow
def test_labels_and_terms_are_no_names_and_listed_names_stay_names(tmp_path: Path) -> None:
    file = tmp_path / "R1.txt"
    file.write_text(TEXT, encoding="utf-8")
    codes = (
        Code("rooster", LocalText({"nl": "Rooster"})),
        Code("rooster/inspraak", LocalText({"nl": "Inspraak"}), terms=("vlinderrooster",)),
        Code("rooster/fatima", LocalText({"nl": "Fatima"})),
    )
    with Project.create(tmp_path / "s.qualcode", name="s", language="nl") as project:
        project.codebook.save(Codebook("s", codes), "first")
        list(project.transcripts.read_files([file]))
        project.transcripts.set_roles("R1", {"I": Role.INTERVIEWER, "R": Role.RESPONDENT})
        text = project.transcripts.get("R1").text
        anna = project.acting_as("anna")
        for quote, code in QUOTES.items():
            start = text.index(quote)
            anna.codings.add("R1", Span(start, start + len(quote)), code)
        sections = project.quotes.collect(QuoteFilter(layer="anna"))
        problems = project.disclosure.check_quotes(sections)
    named = [str(problem.message) for problem in problems]
    assert not [words for words in named if "'Inspraak'" in words or "Vlinder" in words]
    assert [words for words in named if "'Fatima'" in words]
    assert [words for words in named if "'Moejdeh'" in words]
