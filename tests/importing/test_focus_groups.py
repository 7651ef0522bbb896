"""Focus groups: names that occur once or twice, and speakers whom nobody can tell apart."""

from __future__ import annotations

import pytest

from qualcode.importing import ReadResult, read_transcript_bytes
from qualcode.model import Role

GROUP = (
    "Moderator: Welkom allemaal. Waarom gebruiken mensen cocaïne?\n"
    "Anna: Voor mij is het vooral gezellig met vrienden.\n"
    "Bert: Ik doe het alleen op het werk.\n"
    "Chris: Ik heb er nooit over nagedacht.\n"
    "Moderator: En hoe komt u eraan, Dina?\n"
    "Dina: Ik bel gewoon een dealer.\n"
    "Bert: Ja dat is bij mij ook zo.\n"
    "Anna: Ik krijg het altijd van vrienden.\n"
)


def speakers(result: ReadResult) -> list[str]:
    return [turn.speaker for turn in result.transcript.turns]


@pytest.mark.parametrize("roles", [{}, {"Moderator": Role.INTERVIEWER}])
@pytest.mark.parametrize("head", ["", "Focusgroep 1\n\n"])
def test_labels_that_are_named_add_to_those_recognised(roles: dict[str, Role], head: str) -> None:
    result = read_transcript_bytes((head + GROUP).encode(), "FG1.txt", roles=roles)
    assert speakers(result) == "Moderator Anna Bert Chris Moderator Dina Bert Anna".split()
    roles_read = {speaker.role for speaker in result.transcript.speakers[1:]}
    assert roles_read == {Role.RESPONDENT}


def test_paragraphs_that_are_wrapped_are_read_the_same() -> None:
    text = GROUP.replace("het ", "het\n").replace("\nModerator", "\n\nModerator")
    text = text.replace("\nAnna", "\n\nAnna").replace("\nBert", "\n\nBert")
    text = text.replace("\nChris", "\n\nChris").replace("\nDina", "\n\nDina")
    result = read_transcript_bytes(text.encode(), "FG1.txt")
    assert speakers(result) == "Moderator Anna Bert Chris Moderator Dina Bert Anna".split()


def test_speakers_whom_nobody_can_tell_apart_are_speakers() -> None:
    labels = ["Moderator", "Man?", "Vrouw?", "Allen", "Moderator", "R1", "R2?", "Meerdere", "R1"]
    text = "\n".join(f"{label}: Ja en nee, zei {i}." for i, label in enumerate(labels))
    assert speakers(read_transcript_bytes(text.encode(), "FG1.txt")) == labels


@pytest.mark.parametrize(
    "line", ["Waarom?: dat weet ik niet.", "Samen: dat ging goed.", "Zo? - ja"]
)
def test_speech_with_a_question_mark_or_a_word_for_several_is_no_label(line: str) -> None:
    text = f"I: Hoe ging het?\nR: Tja.\n{line}\nEn toen was het klaar.\nI: En?\nR: Niks.\n"
    result = read_transcript_bytes(text.encode(), "G01.txt")
    turn = result.transcript.turns[1]
    assert turn.span.of(result.transcript.text).startswith(f"Tja.\n{line}")
