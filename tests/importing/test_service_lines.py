"""Lines that transcription programs write are nobody's words, and can be left out of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import docx, paragraph
from qualcode.importing import ReadResult, read_transcript_bytes
from qualcode.importing.service_lines import remove_service_lines
from qualcode.importing.source import DocumentSource

LINES = [
    "Transcribed by https://otter.ai",
    "Transcribed with noScribe vers. 0.6",
    "Transkribiert mit noScribe Vers. 0.6",
    "Getranscribeerd met noScribe versie 0.6",
    "Audiodatei: /Users/anna/Documents/interview.mp4",
    r"Audio source: C:\Users\anna\interview 3.m4a",
    "Audiobestand: ~/studie/gesprek.wav",
    r"C:\Users\anna\Documents\gesprek 1.mp3",
    "/home/anna/studie/gesprek.mp3",
    "Anna Bos heeft de transcriptie gestopt",
    "Bos, Anna heeft de transcriptie gestart",
    "Anna Bos stopped transcription",
    "Anna Bos started the recording",
    "This transcript was exported on Mar 12, 2024 - view latest version here.",
    "Door AI gegenereerde inhoud kan onjuist zijn",
    "Transcription for gesprek Anna.mp3",
    "This editable transcript was computer generated and might contain errors.",
    "Dit bewerkbare transcript is door de computer gegenereerd en kan fouten bevatten.",
    "Transcription ended after 00:42:10",
    "Ondertiteld door de Amara.org-gemeenschap",
]
SPOKEN = [
    "Hij heeft de opname gestopt",
    "Wie heeft de transcriptie gestart",
    "Ze zei: Anna heeft de opname gestart",
    "Transcribed by me, that was it.",
    "Het stond in /home of zo.",
    "Audio is moeilijk.",
    "Transcription for me is hard work.",
    "Ondertiteld was het niet.",
]


def words(result: ReadResult) -> list[str]:
    text = result.transcript.text
    return [turn.span.of(text) for turn in result.transcript.turns]


@pytest.mark.parametrize("line", LINES)
def test_they_are_in_no_turn_and_listed(line: str) -> None:
    text = f"{line}\nI: Hoe gaat het?\nR: Goed.\n\n{line}\n"
    result = read_transcript_bytes(text.encode(), "a.txt")
    assert words(result) == ["Hoe gaat het?", "Goed."]
    assert result.service_lines == (line, line)
    assert result.transcript.text == text
    assert line in result.problems[-1].message
    assert "--service-lines remove" in result.problems[-1].hint


@pytest.mark.parametrize("line", LINES)
def test_they_can_be_left_out_of_the_text(line: str) -> None:
    text = f"{line}\nI: Hoe gaat het? 😀\n{line}\nR: Goed.\n\n{line}\n"
    result = read_transcript_bytes(text.encode(), "a.txt", service_lines=False)
    assert result.transcript.text == "I: Hoe gaat het? 😀\nR: Goed."
    assert words(result) == ["Hoe gaat het? 😀", "Goed."]
    assert line in result.problems[-1].message


@pytest.mark.parametrize("line", SPOKEN)
def test_speech_is_never_taken_for_one(line: str) -> None:
    text = f"I: Hoe gaat het?\nR: Goed.\n{line}\nI: Ja?\nR: Ja."
    result = read_transcript_bytes(text.encode(), "a.txt", service_lines=False)
    assert words(result)[1] == f"Goed.\n{line}"


def test_the_name_of_a_recording_that_word_writes_above_its_transcript() -> None:
    text = "Audio file\nGesprek Anna.m4a\nTranscript\n00:00:01 Spreker 1\nHallo.\n"
    text += "00:00:03 Spreker 2\nHoi.\n"
    result = read_transcript_bytes(text.encode(), "a.txt", service_lines=False)
    assert result.service_lines == ("Audio file", "Gesprek Anna.m4a", "Transcript")
    assert result.transcript.text.startswith("00:00:01 Spreker 1\n")


def test_a_text_without_labels_keeps_its_words_too() -> None:
    text = "Transcribed by https://otter.ai\nHet begon vroeger.\n\nEn toen niet meer.\n"
    for keeps in (True, False):
        result = read_transcript_bytes(text.encode(), "a.txt", service_lines=keeps)
        assert words(result) == ["Het begon vroeger.", "En toen niet meer."]


def test_word_documents_keep_their_layout() -> None:
    blocks = [
        "Anna Bos heeft de transcriptie gestart",
        "I: Hoe?",
        "Transcribed by https://otter.ai",
    ]
    blocks += ["R: Goed.", "Anna Bos heeft de transcriptie gestopt"]
    data = docx(*map(paragraph, blocks))
    result = read_transcript_bytes(data, "a.docx", service_lines=False)
    assert (result.transcript.text, words(result)) == ("I: Hoe?\nR: Goed.", ["Hoe?", "Goed."])
    assert result.original.data == data


def test_captions_that_a_program_makes_up() -> None:
    cues = ["I: Hoe?", "R: Goed.", "Ondertiteld door de Amara.org-gemeenschap"]
    timed = (f"00:00:0{i}.000 --> 00:00:0{i}.900\n{cue}" for i, cue in enumerate(cues))
    data = "\n\n".join(["WEBVTT", *timed]).encode()
    assert words(read_transcript_bytes(data, "a.vtt", service_lines=False)) == ["Hoe?", "Goed."]


@given(
    pieces=st.lists(
        st.sampled_from(["I: Hoe?", "R: Goed 😀.", "", "Audiobestand: /home/anna/a.mp3", LINES[0]]),
        min_size=1,
        max_size=9,
    )
)
def test_every_position_moves_with_its_words(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    lines = [(s, s + len(p)) for s, p in zip(starts_of(pieces), pieces, strict=True) if p]
    source = DocumentSource(text, paragraphs=tuple(lines), headings=tuple(lines))
    left = remove_service_lines(source)
    assert isinstance(left, DocumentSource)
    spoken = [piece for piece in pieces if piece[:2] in {"I:", "R:"}]
    assert [left.text[start:end] for start, end in left.paragraphs] == spoken
    assert left.headings == left.paragraphs
    assert left.text.split() == " ".join(spoken).split()


def starts_of(pieces: list[str]) -> list[int]:
    return [sum(len(p) + 1 for p in pieces[:i]) for i in range(len(pieces))]
