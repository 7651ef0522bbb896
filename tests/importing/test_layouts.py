"""Layouts in which programs and people write who speaks; each sample holds the same talk."""

from __future__ import annotations

import textwrap

import pytest

from documents import docx, odt, paragraph, pdf, rtf, run
from qualcode.importing import ReadResult, read_transcript_bytes
from qualcode.model import Role

TALK = [("Interviewer", "Hoe gaat het?"), ("Anna Bos", "Goed, dank je."),
        ("Interviewer", "En thuis?"), ("Anna Bos", "Ook goed.")]  # fmt: skip


def said(result: ReadResult) -> list[tuple[str, str]]:
    text = result.transcript.text
    return [(turn.speaker, turn.span.of(text)) for turn in result.transcript.turns]


def times(result: ReadResult) -> list[int | None]:
    return [turn.time_ms for turn in result.transcript.turns]


def lines(template: str, end: str = "\n\n") -> bytes:
    return end.join(
        template.format(label=label, words=words, i=i) for i, (label, words) in enumerate(TALK)
    ).encode()


@pytest.mark.parametrize(
    "template",
    [
        "{label}\n{words}",
        "{label}\n\n{words}",
        "### {label}\n\n{words}",
        "**{label}**\n\n{words}",
        "**{label}** {words}",
        "[{label}] 10:00:0{i}\n{words}",
        "{label}: [00:00:0{i}] {words}",
        "[00:00:0{i}] **{label}:** {words}",
        "0:0:{i}.0 --> 0:0:{i}.9\n{label}\n{words}",
    ],
)
def test_text(template: str) -> None:
    assert said(read_transcript_bytes(lines(template), "a.md")) == TALK


def test_word_headings() -> None:
    style = '<w:pStyle w:val="Heading3"/>'
    blocks = [
        block
        for label, words in TALK
        for block in (paragraph(label, properties=style), paragraph(words))
    ]
    assert said(read_transcript_bytes(docx(*blocks), "a.docx")) == TALK


def test_word_lines_in_bold() -> None:
    blocks = [
        block
        for label, words in TALK
        for block in (paragraph(run(label, "<w:b/>")), paragraph(words))
    ]
    assert said(read_transcript_bytes(docx(*blocks), "a.docx")) == TALK


def test_old_documents_of_teams_have_their_times() -> None:
    blocks = [
        paragraph(f"0:0:{3 * i}.0 --> 0:0:{3 * i + 2}.580\n{label}\n{words}")
        for i, (label, words) in enumerate(TALK)
    ]
    result = read_transcript_bytes(docx(*blocks), "a.docx")
    assert said(result) == TALK
    assert times(result) == [0, 3000, 6000, 9000]


def test_saved_captions_of_zoom_have_their_times() -> None:
    result = read_transcript_bytes(lines("[{label}] 10:00:0{i}\n{words}"), "a.txt")
    assert times(result) == [36_000_000 + 1000 * i for i in range(4)]


@pytest.mark.parametrize("suffix", ["srt", "vtt"])
def test_captions_of_whisperx(suffix: str) -> None:
    cues = (
        f"{i + 1}\n00:00:0{i}.000 --> 00:00:0{i}.900\n[SPEAKER_0{i % 2}]: {words}"
        for i, (_, words) in enumerate(TALK)
    )
    head = ["WEBVTT"] if suffix == "vtt" else []
    result = read_transcript_bytes("\n\n".join([*head, *cues]).encode(), f"a.{suffix}")
    assert said(result) == [(f"SPEAKER_0{i % 2}", words) for i, (_, words) in enumerate(TALK)]


def test_text_of_whisperx() -> None:
    text = "\n".join(f"[SPEAKER_0{i % 2}]: {words}" for i, (_, words) in enumerate(TALK))
    result = read_transcript_bytes(text.encode(), "a.txt")
    assert said(result) == [(f"SPEAKER_0{i % 2}", words) for i, (_, words) in enumerate(TALK)]


def test_labels_and_stamps_in_cues_of_their_own() -> None:
    cues = ["<v S04>Interviewer: ", "<v S04>[00:01:16]", "<v S04> Hoe gaat het?"]
    cues += ["<v S01>Anna Bos: ", "<v S01>[00:01:16]", "<v S01> Goed, dank je."]
    timed = (f"00:01:16.400 --> 00:01:28.180\n{cue}" for cue in cues)
    result = read_transcript_bytes("\n\n".join(["WEBVTT", *timed]).encode(), "a.vtt")
    assert said(result) == TALK[:2]


def test_a_label_on_its_line_that_the_user_names_is_taken() -> None:
    text = b"De baas\n\nHoe gaat het?\n\nknecht\n\nGoed.\n"
    roles = {"De baas": Role.INTERVIEWER, "knecht": Role.RESPONDENT}
    result = read_transcript_bytes(text, "a.txt", roles=roles)
    assert said(result) == [("De baas", "Hoe gaat het?"), ("knecht", "Goed.")]


def test_short_answers_on_lines_of_their_own_are_no_speakers() -> None:
    text = "Ja\n\nNee\n\nJa\n\nNee\n\nUtrecht\n\nJa\n"
    assert {speaker for speaker, _ in said(read_transcript_bytes(text.encode(), "a.txt"))} == {"R"}


QUESTIONS = [("I", "Hoe gaat het?"), ("R", "Goed, dank je."), ("R", "Echt goed."),
             ("I", "En thuis? Vertel."), ("R", "Ook goed."), ("I", "Tot slot."),
             ("R", "Niets.")]  # fmt: skip
TURNS_BY_EMPHASIS = [("I", "Hoe gaat het?"), ("R", "Goed, dank je. Echt goed."),
                     ("I", "En thuis? Vertel."), ("R", "Ook goed."), ("I", "Tot slot."),
                     ("R", "Niets.")]  # fmt: skip
ITALIC = (
    '<style:style style:name="Vraag"><style:text-properties xmlns:fo="urn:oasis:names:tc:'
    'opendocument:xmlns:xsl-fo-compatible:1.0" fo:font-style="italic"/></style:style>'
)


def marked(asked: str, answered: str = "{}", end: str = "") -> list[str]:
    return [(asked if label == "I" else answered).format(words) + end for label, words in QUESTIONS]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", "\n\n".join(marked("**{}**")).encode()),
        ("a.md", "\n\n".join(marked("*{}*")).encode()),
        ("a.md", "\n\n".join(marked("_{}_")).encode()),
        ("a.html", "".join(marked("<p><b>{}</b></p>", "<p>{}</p>")).encode()),
        (
            "a.html",
            "".join(marked('<p style="font-style: italic">{}</p>', "<p>{}</p>")).encode(),
        ),
        (
            "a.docx",
            docx(*(paragraph(run(w, "<w:b/>" if who == "I" else "")) for who, w in QUESTIONS)),
        ),
        (
            "a.docx",
            docx(
                *(
                    paragraph(w, properties='<w:pStyle w:val="Vraag"/>' if who == "I" else "")
                    for who, w in QUESTIONS
                ),
                parts={
                    "styles": '<w:style w:styleId="Vraag"><w:rPr><w:i/></w:rPr></w:style>',
                },
            ),
        ),
        (
            "a.odt",
            odt(
                *marked('<text:p text:style-name="Vraag">{}</text:p>', "<text:p>{}</text:p>"),
                styles=ITALIC,
            ),
        ),
        ("a.rtf", rtf("".join(marked(r"{{\b {}}}\par ", r"\pard\plain {}\par ")))),
    ],
)
def test_questions_in_bold_or_italics_are_proposed_as_the_interviewers(
    name: str, data: bytes
) -> None:
    result = read_transcript_bytes(data, name)
    assert [(who, " ".join(words.split())) for who, words in said(result)] == TURNS_BY_EMPHASIS
    assert result.transcript.role_of("I") is Role.INTERVIEWER
    assert max(proposal.confidence for proposal in result.proposals) < 0.7
    assert "3 passages in bold or italics" in result.problems[0].message


@pytest.mark.parametrize("asked", ["**{}**", "*{}*"])
def test_a_date_above_questions_in_bold_or_italics_is_said_by_nobody(asked: str) -> None:
    text = "\n\n".join(["Datum: 3 mei 2024", "Plaats: Utrecht", *marked(asked)])
    result = read_transcript_bytes(text.encode(), "a.md")
    assert [(who, " ".join(words.split())) for who, words in said(result)] == TURNS_BY_EMPHASIS
    assert "Plaats: Utrecht" in result.transcript.text


def test_stressed_sentences_of_a_text_without_labels_are_speech() -> None:
    text = "Het begon vroeger.\n\n**Dat was erg.**\n\nEn toen?\n\n**Klaar.**\n\nJa.\n"
    assert {who for who, _ in said(read_transcript_bytes(text.encode(), "a.md"))} == {"R"}


def test_word_labels_in_bold_without_a_colon() -> None:
    blocks = [paragraph(run(label, "<w:b/>"), run(f" {words}")) for label, words in TALK]
    assert said(read_transcript_bytes(docx(*blocks), "a.docx")) == TALK


@pytest.mark.parametrize(
    "head",
    [
        "{label}\n0 minutes {i} seconds\n0:0{i}\n{words}",
        "{label} 0 minutes {i} seconds\n{words}",
        "{label}\n{i} seconden0:0{i}\n{label} {i} seconden\n{words}",
        "{label}\n0 Minuten {i} Sekunden\n{words}",
        "0 minutes {i} seconds\n{label}\n{words}",
    ],
)
def test_copies_of_the_panes_of_teams_and_word(head: str) -> None:
    result = read_transcript_bytes(lines(head, end="\n"), "a.txt")
    assert said(result) == TALK
    assert times(result) == [0, 1000, 2000, 3000]


def test_hours_in_words_are_times_too() -> None:
    text = "Anna Bos\n1 uur 2 minuten 3 seconden1:02:03\nJa?\n"
    text += "Piet Bos\n1 hour 2 minutes 4 seconds\nJa.\n"
    assert times(read_transcript_bytes(text.encode(), "a.txt")) == [3_723_000, 3_724_000]


@pytest.mark.parametrize("line", ["Dat duurde 3 seconden", "Maar 2 minuten 3 seconden"])
def test_a_duration_that_somebody_mentions_is_speech(line: str) -> None:
    text = f"I: Hoe lang?\nR: Even.\n{line}\nI: Echt?\nR: Ja.\n"
    assert said(read_transcript_bytes(text.encode(), "a.txt"))[1] == ("R", f"Even.\n{line}")


def test_short_answers_above_a_time_are_no_names() -> None:
    """In the layout of names below times, words that recur are not taken for labels."""
    said_in_turn = [("Els", "Ja."), ("Dan", "Nee."), ("Els", "Nee."), ("Dan", "Ja.")] * 2
    above = "".join(f"{n}\n0 minutes {i} seconds\n{w}\n" for i, (n, w) in enumerate(said_in_turn))
    below = "".join(f"0 minutes {i} seconds\n{n}\n{w}\n" for i, (n, w) in enumerate(said_in_turn))
    for text in (above, below):
        assert said(read_transcript_bytes(text.encode(), "a.txt")) == said_in_turn


def atrain(end: str, between: str, *, has_labels: bool = True) -> bytes:
    """Return the talk as aTrain writes it: a label above sentences with their times."""
    head = "Transcription for gesprek.mp3\n"
    parts = []
    for i, (_, words) in enumerate(TALK):
        first, *rest = words.split(", ")
        label = f"{between}SPEAKER_0{i % 2}\n" if has_labels else ""
        timed = [f"[00:00:{2 * i + k:02d}] - {w}" for k, w in enumerate([first, *rest])]
        parts.append(label + end.join(timed) + end)
    return (head + "".join(parts)).encode()


@pytest.mark.parametrize(("end", "between"), [("\n", "\n"), (" ", "\n\n")])
def test_sentences_with_times_below_a_label(end: str, between: str) -> None:
    result = read_transcript_bytes(atrain(end, between), "a.txt")
    assert said(result) == [
        ("SPEAKER_00", "Hoe gaat het?"),
        ("SPEAKER_01", "Goed"),
        ("SPEAKER_01", "dank je."),
        ("SPEAKER_00", "En thuis?"),
        ("SPEAKER_01", "Ook goed."),
    ]
    assert times(result) == [0, 2000, 3000, 4000, 6000]
    assert result.service_lines == ("Transcription for gesprek.mp3",)


def test_sentences_with_times_and_no_labels() -> None:
    result = read_transcript_bytes(b"\n" + atrain("\n", "", has_labels=False), "a.txt")
    assert [words for _, words in said(result)][:3] == ["Hoe gaat het?", "Goed", "dank je."]
    assert times(result) == [0, 2000, 3000, 4000, 6000]


def test_lines_without_a_time_stay_with_the_sentence_above_them() -> None:
    text = "Els\n[00:00:01] - Ja.\nNog iets.\n[00:00:05] - En dit.\nDan\n[00:00:09] - Nee.\n"
    assert said(read_transcript_bytes(text.encode(), "a.txt")) == [
        ("Els", "Ja.\nNog iets."),
        ("Els", "En dit."),
        ("Dan", "Nee."),
    ]


@pytest.mark.parametrize("template", ["[{label}] {words}", "[{label}]\n{words}"])
def test_labels_in_brackets(template: str) -> None:
    talk = [("id1" if i % 2 == 0 else "id2", words) for i, (_, words) in enumerate(TALK)]
    text = "\n".join(template.format(label=label, words=words) for label, words in talk)
    assert said(read_transcript_bytes(text.encode(), "a.txt")) == talk


def test_a_replacement_in_brackets_at_the_start_of_a_sentence_is_speech() -> None:
    text = "[werkgever1] was streng.\n\nToen ging ik weg.\n\n[werkgever2] was beter.\n"
    assert {who for who, _ in said(read_transcript_bytes(text.encode(), "a.txt"))} == {"R"}


def test_a_name_with_a_time_in_brackets_before_the_words() -> None:
    result = read_transcript_bytes(lines("{label} [00:00:0{i}] {words}", end="\n"), "a.txt")
    assert (said(result), times(result)) == (TALK, [0, 1000, 2000, 3000])


def test_overlapping_speech_of_noscribe_on_lines_of_its_own() -> None:
    text = "S01: Hoe gaat het?\n//S02: Ja//\nS02: Goed.\n//S01: mm//\nS01: En thuis?\n"
    assert said(read_transcript_bytes(text.encode(), "a.txt")) == [
        ("S01", "Hoe gaat het?"),
        ("S02", "Ja//"),
        ("S02", "Goed."),
        ("S01", "mm//"),
        ("S01", "En thuis?"),
    ]


def test_a_word_that_people_say_may_be_a_name() -> None:
    text = "Dan: Hoe gaat het?\nEls: Goed.\nDan: En thuis?\nEls: Ook.\nDan: Mooi.\n"
    assert [who for who, _ in said(read_transcript_bytes(text.encode(), "a.txt"))] == [
        *("Dan", "Els", "Dan", "Els", "Dan"),
    ]


def test_it_stays_speech_in_the_turn_of_another() -> None:
    text = "I: En?\nR: Eerst dit.\nDan: dat.\nI: Ja?\nR: Ja.\nI: Mooi?\nR: Nee.\n"
    assert said(read_transcript_bytes(text.encode(), "a.txt"))[1] == ("R", "Eerst dit.\nDan: dat.")


LONG = [
    ("Anna Bos", "Hoe gaat het, en wat is er anders sinds de vorige keer dat wij elkaar zagen?"),
    ("Piet Jansen", "Goed, dank je. Ik ben verhuisd en dat was een hele klus, met al die spullen."),
    ("Anna Bos", "En thuis? Hoe is het daar nu, na alles wat er in het voorjaar is gebeurd?"),
    ("Piet Jansen", "Ook goed. De kinderen zijn gewend en gaan graag naar hun nieuwe school."),
]  # fmt: skip


def wrapped(words: str) -> list[str]:
    """Return the words on lines of at most 40 characters, as a PDF has them."""
    return textwrap.wrap(words, 40)


@pytest.mark.parametrize(
    "head",
    [
        "{label}  0:0{i}",
        "{label}   00:0{i}",
        "00:00:0{i} {label}",
        "{label}\t0:0{i}",
        "{label}",
        "{label}:",
        "{label}\n0 minutes {i} seconds",
        "0:0:{i}.0 --> 0:0:{i}.9\n{label}",
    ],
)
@pytest.mark.parametrize("tabs", [False, True])
def test_pdfs_in_which_label_and_text_are_apart(head: str, tabs: bool) -> None:
    page = [
        line.replace(" ", "\t") if tabs else line
        for i, (label, words) in enumerate(LONG)
        for line in (*head.format(label=label, i=i).split("\n"), *wrapped(words))
    ]
    result = read_transcript_bytes(pdf(page), "a.pdf")
    assert said(result) == LONG


def test_a_label_that_is_the_first_line_of_each_page_of_a_pdf_is_no_running_head() -> None:
    pages = [[label, *wrapped(words)] for label, words in LONG]
    assert said(read_transcript_bytes(pdf(*pages), "a.pdf")) == LONG
