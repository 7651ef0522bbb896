"""What of a Word document becomes text."""

from __future__ import annotations

import io

import pytest

from documents import docx, paragraph, run, table
from qualcode.importing import ReadResult, read_transcript_bytes

BOX = "<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"
FALLBACK = "<w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict>"
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1.%2)"/>'
    '<w:suff w:val="space"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def listed(text: str, number: int = 1, level: int = 0) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, properties=place)


def read(*blocks: str, parts: dict[str, str] | None = None) -> ReadResult:
    return read_transcript_bytes(docx(*blocks, parts=parts), "G01.docx")


def text_of(*blocks: str, parts: dict[str, str] | None = None) -> str:
    return read(*blocks, parts=parts).transcript.text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("a\nb"), "a\nb"),
        (run("a\tb"), "a\tb"),
        ("<w:r><w:t>a</w:t><w:cr/><w:t>b</w:t></w:r>", "a\nb"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", "a\u2011b"),
        ("<w:r><w:t>ge</w:t><w:softHyphen/><w:t>bruik</w:t></w:r>", "gebruik"),
        ("<w:r><w:t>a\n b</w:t></w:r>", "a  b"),
        ('<w:r><w:t>a</w:t><w:sym w:font="Arial" w:char="263A"/></w:r>', "a☺"),
        ("<w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>", "link"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>vak</w:t></w:r></w:sdtContent></w:sdt>", "vak"),
        ("<w:smartTag><w:r><w:t>slim</w:t></w:r></w:smartTag>", "slim"),
    ],
    ids=["br", "tab", "cr", "hyphen", "soft hyphen", "xml line end", "sym", "link", "sdt", "tag"],
)
def test_elements_of_a_run_become_the_characters_they_stand_for(content: str, text: str) -> None:
    assert text_of(paragraph(content)) == text


def test_field_codes_are_not_text_but_their_results_are() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert text_of(paragraph(run("blad "), field)) == "blad 7"


def test_tracked_insertions_stay_and_deletions_go_with_a_problem_that_counts_them() -> None:
    result = read(
        paragraph(
            run("Ik "),
            f"<w:ins>{run('gebruik')}</w:ins>",
            "<w:del><w:r><w:delText>snuif</w:delText></w:r></w:del>",
            f"<w:moveFrom>{run('weg')}</w:moveFrom><w:moveTo>{run(' nu')}</w:moveTo>",
        )
    )
    assert result.transcript.text == "Ik gebruik nu"
    assert "2 tracked deletions" in result.problems[0].message


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert text_of(paragraph("Ik ga", properties=deleted), paragraph(" weg")) == "Ik ga weg"


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        ("<w:vanish/>", "open"),
        ('<w:vanish w:val="0"/>', "open geheim"),
        ('<w:rStyle w:val="Verborgen"/>', "open"),
        ('<w:rStyle w:val="Kind"/>', "open"),
        ('<w:rStyle w:val="Kind"/><w:vanish w:val="false"/>', "open geheim"),
    ],
)
def test_hidden_text_is_left_out_whether_by_itself_or_by_its_style(
    properties: str, shown: str
) -> None:
    styles = (
        '<w:style w:styleId="Verborgen"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Kind"><w:basedOn w:val="Verborgen"/></w:style>'
    )
    block = paragraph(run("open"), run(" geheim", properties))
    result = read(block, parts={"styles": styles})
    assert result.transcript.text == shown
    assert any("hidden" in p.message for p in result.problems) == (shown == "open")


def test_table_cells_are_joined_by_tabs_and_rows_by_line_ends() -> None:
    assert text_of(table(["a", "b"], ["c", ""]), paragraph("na")) == "a\tb\nc\t\nna"


def test_a_table_in_a_cell_is_walked_where_it_stands() -> None:
    inner = table(["x", "y"])
    outer = f"<w:tbl><w:tr><w:tc>{inner}{paragraph('z')}</w:tc></w:tr></w:tbl>"
    assert text_of(outer) == "x\ty\nz"


def test_a_text_box_comes_once_and_after_its_paragraph() -> None:
    box = paragraph("in de doos")
    twice = (
        f"<mc:AlternateContent><mc:Choice><w:drawing>{BOX.format(box)}</w:drawing></mc:Choice>"
        f"<mc:Fallback>{FALLBACK.format(box)}</mc:Fallback></mc:AlternateContent>"
    )
    blocks = (paragraph(run("voor "), f"<w:r>{twice}</w:r>", run("na")), paragraph("later"))
    assert text_of(*blocks) == "voor na\nin de doos\nlater"


def test_automatic_numbers_are_written_out_as_word_shows_them() -> None:
    blocks = [listed("een"), listed("een a", level=1), listed("twee"), listed("twee a", level=1)]
    text = text_of(*blocks, listed("punt", number=2), parts={"numbering": NUMBERING})
    assert text == "1.\teen\n1.a) een a\n2.\ttwee\n2.a) twee a\n•\tpunt"


def test_labels_are_found_behind_automatic_numbers() -> None:
    blocks = [listed("I: Hoe gaat het?"), listed("R: Goed."), listed("I: Mooi.")]
    transcript = read(*blocks, parts={"numbering": NUMBERING}).transcript
    said = [(turn.speaker, turn.span.of(transcript.text)) for turn in transcript.turns]
    assert said == [("I", "Hoe gaat het?"), ("R", "Goed."), ("I", "Mooi.")]


def test_notes_and_comments_are_listed_as_problems_and_not_put_in_the_text() -> None:
    references = (
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
    )
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>lacht</w:t></w:r></w:p></w:footnote>'
    comment = '<w:comment w:id="0"><w:p><w:r><w:t>check</w:t></w:r></w:p></w:comment>'
    result = read(paragraph(run("Ja."), references), parts={"footnotes": note, "comments": comment})
    assert result.transcript.text == "Ja."
    messages = [problem.message for problem in result.problems]
    assert messages[:2] == [
        "A footnote was left out: 'lacht'.",
        "A comment was left out: 'check'.",
    ]


def test_a_label_may_be_split_over_runs_and_bold() -> None:
    bold = "<w:b/>"
    transcript = read(
        paragraph(run("Inter", bold), run("viewer", bold), run(":"), run(" Hoe gaat het?")),
        paragraph(run("R1", bold), run(":\t", bold), run("Goed.")),
    ).transcript
    said = [(turn.speaker, turn.span.of(transcript.text)) for turn in transcript.turns]
    assert said == [("Interviewer", "Hoe gaat het?"), ("R1", "Goed.")]


def test_a_soft_line_break_may_start_a_turn_and_may_continue_one() -> None:
    transcript = read(paragraph("I: Hoe gaat het?\nR: Goed.\nEcht waar.")).transcript
    assert [t.span.of(transcript.text) for t in transcript.turns] == [
        "Hoe gaat het?",
        "Goed.\nEcht waar.",
    ]


def test_a_table_of_time_speaker_and_text_gives_turns_with_times() -> None:
    transcript = read(
        paragraph("Interview G01"),
        table(
            ["Tijd", "Spreker", "Tekst"],
            ["00:00:02", "INT", "Zullen we?"],
            ["00:00:06", "R3", "Ja: is goed."],
            ["", "", "Nog iets."],
        ),
    ).transcript
    assert [(t.speaker, t.time_ms, t.span.of(transcript.text)) for t in transcript.turns] == [
        ("INT", 2000, "Zullen we?"),
        ("R3", 6000, "Ja: is goed."),
        ("R3", None, "Nog iets."),
    ]


def test_a_table_without_a_header_is_understood_by_what_its_columns_hold() -> None:
    rows = [["I", "Hoe gaat het?"], ["R", "Goed."], ["I", "Mooi."], ["R", "Ja."]]
    transcript = read(table(*rows)).transcript
    assert [[t.speaker, t.span.of(transcript.text)] for t in transcript.turns] == rows


def test_a_table_with_facts_about_the_interview_has_no_speakers() -> None:
    facts = table(["Plaats", "Breda"], ["Duur", "45 minuten"])
    transcript = read(facts, paragraph("I: Ja?"), paragraph("R: Nee.")).transcript
    assert [turn.span.of(transcript.text) for turn in transcript.turns] == ["Ja?", "Nee."]


def test_a_document_of_a_word_processor_library_is_read() -> None:
    from docx import Document

    document = Document()
    document.add_heading("Interview", level=1)
    document.add_paragraph("I: Hoe gaat het?")
    document.add_paragraph("R: Goed, want:")
    document.add_paragraph("het werk", style="List Number")
    buffer = io.BytesIO()
    document.save(buffer)
    transcript = read_transcript_bytes(buffer.getvalue(), "G01.docx").transcript
    assert transcript.text == "Interview\nI: Hoe gaat het?\nR: Goed, want:\n1.\thet werk"


def test_teams_writes_name_and_time_above_the_words() -> None:
    transcript = read(
        paragraph("Jansen, Piet   0:03\nGoedemiddag allemaal."),
        paragraph("Anna Bakker   1:02:03\nHoi."),
        paragraph("Jansen, Piet   1:02:09\nZullen we?"),
    ).transcript
    assert [(t.speaker, t.time_ms, t.span.of(transcript.text)) for t in transcript.turns] == [
        ("Jansen, Piet", 3000, "Goedemiddag allemaal."),
        ("Anna Bakker", 3723000, "Hoi."),
        ("Jansen, Piet", 3729000, "Zullen we?"),
    ]


HEADINGS = (
    '<w:style w:styleId="Kop1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    '</w:style><w:style w:styleId="Eigen"><w:name w:val="Mine"/><w:basedOn w:val="Kop1"/></w:style>'
    '<w:style w:styleId="Plat"><w:name w:val="Plain"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>'
    "</w:style>"
)


def heading(text: str, style: str = "Kop1") -> str:
    return paragraph(text, properties=f'<w:pStyle w:val="{style}"/>')


def said(*blocks: str) -> list[tuple[str, str]]:
    transcript = read(*blocks, parts={"styles": HEADINGS}).transcript
    return [(turn.speaker, turn.span.of(transcript.text)) for turn in transcript.turns]


@pytest.mark.parametrize("style", ["Kop1", "Eigen"])
def test_a_heading_between_turns_is_nobodys(style: str) -> None:
    """The text keeps it; what follows it without a label is a turn of the same speaker."""
    talk = ("I: Hoe begon het?", "R: Op een feest.", "I: En toen?", "R: Naar huis.")
    blocks = [paragraph(line) for line in talk]
    blocks.insert(2, heading("2. Eerste keer", style))
    blocks.append(heading("3. Nu", style))
    blocks.append(paragraph("Ja, dat was het."))
    assert said(*blocks) == [
        ("I", "Hoe begon het?"),
        ("R", "Op een feest."),
        ("I", "En toen?"),
        ("R", "Naar huis."),
        ("R", "Ja, dat was het."),
    ]
    assert "2. Eerste keer" in text_of(*blocks, parts={"styles": HEADINGS})


def test_speech_that_is_laid_out_as_headings_is_speech() -> None:
    lines = [("I: Hoe begon het?", "Kop1"), ("R: Op een feest.", "Plat")] * 2
    assert [words for _, words in said(*(heading(text, style) for text, style in lines))] == [
        "Hoe begon het?",
        "Op een feest.",
    ] * 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", b"I: Hoe?\nR: Goed.\n\n## Nu\n\nI: En?\nR: Ja.\n"),
        ("a.html", b"<p>I: Hoe?</p><p>R: Goed.</p><h2>Nu</h2><p>I: En?</p><p>R: Ja.</p>"),
    ],
)
def test_headings_of_other_documents_are_nobodys_too(name: str, data: bytes) -> None:
    found = read_transcript_bytes(data, name).transcript
    assert [turn.span.of(found.text) for turn in found.turns] == ["Hoe?", "Goed.", "En?", "Ja."]
    assert "Nu" in found.text
