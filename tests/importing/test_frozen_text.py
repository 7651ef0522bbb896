"""Positions are code points in the frozen text, whatever characters it holds."""

from __future__ import annotations

import csv
import html
import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import docx, paragraph
from hypothesis_examples import examples
from qualcode.importing import ReadResult, read_transcript, read_transcript_bytes

ROOT = Path(__file__).parents[2]
OTTER = ROOT.parent / "shared" / "interop" / "transcripts" / "otter_masked_BSR01.txt"
SAMPLES = ROOT / "transcripts_sample"


def said(result: ReadResult) -> list[tuple[str, str]]:
    text = result.transcript.text
    return [(turn.speaker, turn.span.of(text)) for turn in result.transcript.turns]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    "words",
    [
        "\U0001f600 lacht",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 thuis",
        "cafe\u0301 en café",
        "een\x0btwee\x0cdrie",
        "een\u2028twee\u2029drie\x85vier\x1cvijf",
        "na\ufeffarm",
    ],
    ids=["emoji", "ZWJ", "combining", "VT and FF", "line separators", "BOM inside"],
)
def test_turns_are_cut_exactly_around_unusual_characters(words: str, end: str) -> None:
    text = f"\ufeffI: Hoe?{end}R: {words}{end}I: Ja?{end}"
    result = read_transcript_bytes(text.encode(), "a.txt")
    assert result.transcript.text == f"I: Hoe?\nR: {words}\nI: Ja?\n"
    assert said(result) == [("I", "Hoe?"), ("R", words), ("I", "Ja?")]


def test_original_bytes_are_kept_with_their_hash() -> None:
    result = read_transcript_bytes(b"I: Ja?\r\nR: Nee.", "map/a.txt")
    assert result.original.data == b"I: Ja?\r\nR: Nee."
    assert result.original.file_name == result.transcript.source_file == "a.txt"
    assert result.transcript.name == "a"


# Words that neither a label nor a time stamp can be made of, in many scripts.
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp"),
                  exclude_characters=":#[](){}<>-–—*_|\t\ufeff\ufffe\uffff"),
    min_size=1, max_size=30,
).map(lambda words: " ".join(("x" + words + "x").split()))  # fmt: skip
TURNS = st.lists(st.tuples(st.sampled_from(["I", "R"]), WORDS), min_size=2, max_size=8)


@given(turns=TURNS, end=st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
@settings(max_examples=examples(60), deadline=None)
def test_turns_written_as_text_are_read_back(turns: list[tuple[str, str]], end: str) -> None:
    text = end.join(f"{label}: {words}" for label, words in turns)
    assert said(read_transcript_bytes(text.encode(), "a.txt")) == turns


@given(turns=TURNS)
@settings(max_examples=examples(30), deadline=None)
def test_turns_written_in_word_are_read_back(turns: list[tuple[str, str]]) -> None:
    blocks = (paragraph(f"{label}:\t{words}") for label, words in turns)
    assert said(read_transcript_bytes(docx(*blocks), "a.docx")) == turns


@given(turns=TURNS)
@settings(max_examples=examples(60), deadline=None)
def test_turns_written_as_a_table_are_read_back(turns: list[tuple[str, str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows([("spreker", "tekst"), *turns])
    result = read_transcript_bytes(buffer.getvalue().encode(), "a.csv")
    assert said(result) == turns
    assert result.transcript.text == "\n".join(words for _, words in turns)


@given(turns=TURNS)
@settings(max_examples=examples(60), deadline=None)
def test_turns_written_as_captions_are_read_back_joined_per_speaker(
    turns: list[tuple[str, str]],
) -> None:
    cues = (
        f"00:{i:02d}.000 --> 00:{i + 1:02d}.000\n<v {label}>{html.escape(words)}</v>"
        for i, (label, words) in enumerate(turns)
    )
    result = read_transcript_bytes("\n\n".join(("WEBVTT", *cues)).encode(), "a.vtt")
    joined: list[tuple[str, str]] = []
    for label, words in turns:
        if joined and joined[-1][0] == label:
            joined[-1] = (label, f"{joined[-1][1]} {words}")
        else:
            joined.append((label, words))
    assert said(result) == joined


@pytest.mark.skipif(not OTTER.exists(), reason="otter_masked_BSR01.txt is not beside the checkout")
def test_a_real_file_of_otter_has_its_83_turns() -> None:
    result = read_transcript(OTTER)
    assert {p.label: p.turns for p in result.proposals} == {"BSR01": 42, "Interviewer Nam": 41}
    assert [result.transcript.turns[i].time_ms for i in (0, -1)] == [0, 2_059_000]
    assert said(result)[-1] == ("BSR01", "Zuxkx, pdl.")
    assert result.problems == ()


@pytest.mark.parametrize(
    "name",
    [
        "G01.docx", "G02.docx", "G03.docx", "G04.txt", "G05.vtt",
        "G06.srt", "P01.odt", "P02.rtf", "P03.md", "P04.pdf",
    ],
)  # fmt: skip
def test_each_sample_has_an_interviewer_and_a_respondent_who_take_turns(name: str) -> None:
    result = read_transcript(SAMPLES / name)
    roles = sorted(speaker.role.value for speaker in result.transcript.speakers)
    assert roles == ["interviewer", "respondent"]
    speakers = [turn.speaker for turn in result.transcript.turns]
    assert 30 <= len(speakers) <= 90
    assert all(before != after for before, after in pairwise(speakers))
    heads = [p for p in result.problems if "repeat at the edges of pages" not in p.message]
    assert heads == []
    assert min(proposal.confidence for proposal in result.proposals) > 0.8
