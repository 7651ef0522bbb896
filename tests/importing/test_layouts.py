"""Layouts in which programs and people write who speaks; each sample holds the same talk."""

from __future__ import annotations

import pytest

from documents import docx, paragraph, run
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
