"""Who interviews and who answers, and how a user says so."""

from __future__ import annotations

import pytest

from qualcode.errors import InvalidValueError
from qualcode.importing import parse_roles, read_transcript_bytes
from qualcode.model import Role

ASKING = "Hoe ging dat? En toen?"
TELLING = "Nou, dat ging zo dat ik eerst naar huis ging en daarna weer terug."


@pytest.mark.parametrize(
    ("labels", "roles"),
    [
        (("I", "R"), "ir"),
        (("Interviewer Nam", "BSR01"), "ir"),
        (("Onderzoeker", "P03"), "ir"),
        (("I1", "R1"), "ir"),
        (("SPEAKER_00", "SPEAKER_01"), "ir"),
        (("Anna", "Jan"), "ir"),
        (("Anna", "Respondent"), "ir"),
        (("Moderator", "Unknown Speaker"), "io"),
    ],
)
def test_roles_follow_from_the_label_or_from_who_asks(labels: tuple[str, str], roles: str) -> None:
    text = f"{labels[0]}: {ASKING}\n{labels[1]}: {TELLING}\n" * 4
    result = read_transcript_bytes(text.encode(), "G01.txt")
    assert "".join(speaker.role.value[0] for speaker in result.transcript.speakers) == roles
    assert all(0.5 < proposal.confidence < 1 for proposal in result.proposals)


def test_without_an_interviewer_among_three_all_answer_and_a_problem_says_so() -> None:
    text = "\n".join(f"{name}: {TELLING}" for name in ("Anna", "Jan", "Piet") * 3)
    result = read_transcript_bytes(text.encode(), "G01.txt")
    assert {speaker.role for speaker in result.transcript.speakers} == {Role.RESPONDENT}
    assert "No interviewer was recognised" in result.problems[0].message


def test_roles_given_by_the_user_go_before_what_is_proposed() -> None:
    result = read_transcript_bytes(
        f"I: {ASKING}\nR: {TELLING}".encode(), "G01.txt", roles={"i": Role.OTHER}
    )
    assert result.transcript.role_of("I") is Role.OTHER
    assert result.proposals[0].confidence == 1.0


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("I=interviewer,R=respondent", {"I": Role.INTERVIEWER, "R": Role.RESPONDENT}),
        (
            " Jan de Vries = Onderzoeker ; X=overig ",
            {"Jan de Vries": Role.INTERVIEWER, "X": Role.OTHER},
        ),
        (
            "Vries, Marieke de=interviewer, Amrani, Yusuf=respondent",
            {"Vries, Marieke de": Role.INTERVIEWER, "Amrani, Yusuf": Role.RESPONDENT},
        ),
    ],
)
def test_roles_are_written_as_label_is_role(text: str, roles: dict[str, Role]) -> None:
    assert parse_roles(text) == roles


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "No speakers were given"),
        ("I", "'I' does not say who a speaker is"),
        ("I=boss", "'I=boss' does not say"),
        ("=respondent", "does not say"),
        ("I=interviewer,I=other", "'I' occurs twice"),
    ],
)
def test_roles_that_cannot_be_read_are_refused_with_an_example(text: str, says: str) -> None:
    with pytest.raises(InvalidValueError, match=says) as refusal:
        parse_roles(text)
    assert "interviewer" in str(refusal.value)
