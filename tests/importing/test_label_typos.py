"""A label one letter off a usual one is proposed as the same speaker, and asked about."""

from __future__ import annotations

import pytest

from documents import docx, paragraph
from qualcode.importing import ReadResult, read_transcript_bytes
from qualcode.importing.label_typos import is_one_letter_off
from qualcode.model import Role

TALK = (
    "Interviewer: Hoe gaat het?\nRespondent: Goed hoor.\nInteviewer: En thuis?\n"
    "Repsondent: Ook goed.\nRespndent: Nou ja.\nInterviewer: Dank.\nRespondent: Graag gedaan.\n"
)


def read(text: str, name: str = "G01.txt", **roles: Role) -> ReadResult:
    return read_transcript_bytes(text.encode(), name, roles=roles)


def speakers(result: ReadResult) -> list[str]:
    return [turn.speaker for turn in result.transcript.turns]


def test_a_typo_is_proposed_as_the_same_speaker_and_asked_about() -> None:
    result = read(TALK)
    assert speakers(result) == [
        *("Interviewer", "Respondent", "Interviewer", "Respondent", "Respondent"),
        *("Interviewer", "Respondent"),
    ]
    first = result.problems[0]
    assert first.message == (
        "'Inteviewer' (1×) was read as 'Interviewer': they differ in one letter."
    )
    assert '--speakers "Inteviewer=respondent"' in first.hint
    assert [c.written for c in result.corrections] == ["Inteviewer", "Repsondent", "Respndent"]


def test_the_words_after_a_typo_are_in_no_answer() -> None:
    text = "Interviewer: Zo?\nRespondent: Ja.\n" * 5 + "Inteviewer: En thuis?\nRespondent: Ja.\n"
    result = read(text)
    turn = result.transcript.turns[10]
    assert (turn.speaker, turn.span.of(result.transcript.text)) == ("Interviewer", "En thuis?")


def test_a_label_that_the_user_names_is_a_speaker_of_its_own() -> None:
    result = read(TALK, Inteviewer=Role.OTHER)
    assert "Inteviewer" in speakers(result)
    assert result.transcript.role_of("Inteviewer") is Role.OTHER


def test_a_file_in_which_the_label_is_always_misspelt_keeps_it_with_its_role() -> None:
    result = read("Inteviewer: Zo?\nRepsondent: Ja.\n" * 3)
    assert [(s.label, s.role) for s in result.transcript.speakers] == [
        ("Inteviewer", Role.INTERVIEWER),
        ("Repsondent", Role.RESPONDENT),
    ]
    assert max(proposal.confidence for proposal in result.proposals) < 0.7


def test_between_two_labels_that_are_equally_near_a_person_chooses() -> None:
    text = "Interviewer: Zo?\nInterviewee: Ja.\n" * 3 + "Interviewed: Wat?\n"
    assert speakers(read(text))[-1] == "Interviewed"


@pytest.mark.parametrize(
    ("first", "second", "odd"),
    [
        ("Respondent 1", "Respondent 2", "Repsondent 2"),
        ("Interviewer", "Deelnemer", "Deelnemr"),
        ("Moderator", "Speaker 1", "Speker 1"),
    ],
)
def test_numbers_of_speakers_are_kept(first: str, second: str, odd: str) -> None:
    result = read(f"{first}: Zo?\n{second}: Ja.\n" * 3 + f"{odd}: Hm.\n")
    assert speakers(result)[-1] == second


@pytest.mark.parametrize("label", ["RespondentA", "Respondenten", "Onderzoeken", "Deelnemers"])
def test_words_of_their_own_are_no_typos(label: str) -> None:
    text = "Onderzoeker: Zo?\nRespondent: Ja.\nDeelnemer: Nee.\n" * 3 + f"{label}: Ja.\n" * 3
    assert not read(text).corrections


def test_voices_of_captions_and_columns_of_tables_are_asked_about_too() -> None:
    voices = ["Interviewer", "Respondent", "Inteviewer", "Respondent"]
    cues = (
        f"00:00:0{i}.000 --> 00:00:0{i}.900\n<v {voice}>Ja {i}.</v>"
        for i, voice in enumerate(voices)
    )
    rows = (f"{voice};Ja {i}." for i, voice in enumerate(voices))
    for text, name in (
        ("\n\n".join(["WEBVTT", *cues]), "a.vtt"),
        ("\n".join(["speaker;text", *rows]), "a.csv"),
    ):
        result = read(text, name)
        assert speakers(result)[2] == "Interviewer"
        assert [c.written for c in result.corrections] == ["Inteviewer"]


def test_documents_of_word_are_asked_about_too() -> None:
    result = read_transcript_bytes(docx(*map(paragraph, TALK.splitlines())), "G01.docx")
    assert len(result.corrections) == 3


@pytest.mark.parametrize(
    ("word", "other", "off"),
    [
        ("inteviewer", "interviewer", True),
        ("repsondent", "respondent", True),
        ("respondnet", "respondent", True),
        ("interviewerr", "interviewer", True),
        ("anterviewer", "interviewer", True),
        ("interviewer", "interviewer", False),
        ("inteviewe", "interviewer", False),
        ("repsondnet", "respondent", False),
        ("", "a", True),
    ],
)
def test_one_letter_off(word: str, other: str, off: bool) -> None:
    assert is_one_letter_off(word, other) is is_one_letter_off(other, word) is off
