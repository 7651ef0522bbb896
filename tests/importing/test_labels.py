"""Which words at the start of a line are taken for a speaker, and what a turn holds."""

from __future__ import annotations

import pytest

from qualcode.errors import UnknownNameError
from qualcode.importing import ReadResult, read_transcript_bytes
from qualcode.model import Role

Said = list[tuple[str, str]]


def read(text: str, name: str = "G01.txt", **roles: Role) -> ReadResult:
    return read_transcript_bytes(text.encode(), name, roles=roles)


def said(result: ReadResult) -> Said:
    transcript = result.transcript
    return [(turn.speaker, turn.span.of(transcript.text)) for turn in transcript.turns]


def timed(result: ReadResult) -> list[tuple[str, int | None, str]]:
    text = result.transcript.text
    return [(turn.speaker, turn.time_ms, turn.span.of(text)) for turn in result.transcript.turns]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("I", "R"),
        ("i", "r"),
        ("Int", "R1"),
        ("INT", "Resp"),
        ("Interviewer", "Respondent"),
        ("Interviewer 1", "Respondent 12"),
        ("Onderzoeker", "Geïnterviewde"),
        ("SPEAKER_00", "SPEAKER_01"),
        ("I", "P03"),
        ("S01", "S02"),
        ("Spreker 1", "Spreker 2"),
        ("V", "A"),
    ],
)
@pytest.mark.parametrize("mark", [": ", ":", ":\t", "\t"], ids=["colon", "bare", "tabbed", "tab"])
def test_usual_labels_are_taken_even_when_each_occurs_once(
    first: str, second: str, mark: str
) -> None:
    text = f"{first}{mark}Hoe gaat het?\n{second}{mark}Goed, dank u."
    assert said(read(text)) == [(first, "Hoe gaat het?"), (second, "Goed, dank u.")]


@pytest.mark.parametrize(
    "line",
    [
        "Let op: dit is belangrijk.",
        "14:05: toen was ik thuis.",
        "Om 14:05 kwam hij.",
        "Nou ja: zo ging dat.",
        "Hij zei: ga nou maar.",
        "Dus: niks.",
        "Kijk: zo zit dat.",
        "http://voorbeeld.nl is een adres.",
        "Ik dacht: dat doe ik niet.",
        "Ja - dat kan.",
        "Nou – ik weet het niet.",
        "Conclusie: het hielp niet.",
        "Ten eerste: de tijd.",
    ],
)
@pytest.mark.parametrize("times", [1, 3])
def test_speech_at_the_start_of_a_line_is_not_a_label(line: str, times: int) -> None:
    speech = "\n".join([line] * times)
    text = f"I: Hoe ging het?\nR: Tja.\n{speech}\nI: En toen?\nR: Niks.\nI: Oké.\nR: Ja."
    assert said(read(text))[1] == ("R", f"Tja.\n{speech}")


def test_speech_that_begins_every_paragraph_of_an_unlabelled_text_is_not_a_label() -> None:
    text = "Let op: een.\n\nLet op: twee.\n\nNou ja: drie."
    assert {speaker for speaker, _ in said(read(text))} == {"R"}


@pytest.mark.parametrize("mark", [":", " –", "\t"])
def test_names_are_labels_when_they_recur(mark: str) -> None:
    text = "\n".join([f"Anna{mark} Hoe gaat het?", f"Jan de Vries{mark} Goed."] * 5)
    assert {speaker for speaker, _ in said(read(text))} == {"Anna", "Jan de Vries"}


def test_a_name_that_occurs_once_among_labels_is_not_one() -> None:
    text = "I: En toen?\nR: Ik had drie dingen.\nAmsterdam: daar begon het.\nI: Ja?\nR: Ja."
    assert said(read(text))[1] == ("R", "Ik had drie dingen.\nAmsterdam: daar begon het.")


def test_recurring_words_that_were_passed_over_are_mentioned() -> None:
    text = "I: Ja?\nR: Ja.\n" * 40 + "Buurvrouw: hoi.\n" * 3
    result = read(text)
    assert "'Buurvrouw' (3×)" in result.problems[-1].message


def test_items_of_a_list_that_someone_sums_up_are_mentioned_but_are_no_speakers() -> None:
    text = "I: Wat dan?\nR: Twee dingen.\nA: geld.\nB: tijd.\nI: Ja?\nR: Ja."
    result = read(text)
    assert said(result)[1] == ("R", "Twee dingen.\nA: geld.\nB: tijd.")
    assert "'A' (1×), 'B' (1×)" in result.problems[0].message


def test_the_heading_of_a_transcript_is_in_no_turn() -> None:
    text = (
        "Interview G01\nInterviewer: Anna\nRespondent: G01\nDatum: 12 maart\n\n"
        "Interviewer: Zullen we?\nRespondent: Ja.\nInterviewer: Mooi.\nRespondent: Toch?\n"
    )
    assert said(read(text))[0] == ("Interviewer", "Zullen we?")


def test_many_words_above_the_first_label_are_reported() -> None:
    result = read("Ik begin alvast. " * 30 + "\n\nI: Ja?\nR: Ja.\n")
    assert result.problems[0].message == "90 words above the first speaker label are in no turn."


def test_a_role_word_above_a_text_with_short_labels_is_a_heading() -> None:
    text = "Interviewer: Anna\nRespondent: G01\n\nI: Zullen we?\nR: Ja.\nI: Mooi.\nR: Toch?\n"
    assert said(read(text))[0] == ("I", "Zullen we?")


def test_paragraphs_without_a_label_continue_the_turn() -> None:
    text = "I: Vertel.\n\nR: Eerst dit.\n\nEn dan dat.\n\n  I:  Ja?\n"
    assert said(read(text)) == [("I", "Vertel."), ("R", "Eerst dit.\n\nEn dan dat."), ("I", "Ja?")]


def test_every_label_starts_a_turn_also_of_the_same_speaker() -> None:
    assert said(read("R: Een.\nR: Twee.\nI: Ja?")) == [("R", "Een."), ("R", "Twee."), ("I", "Ja?")]


def test_a_label_with_nothing_behind_it_is_no_turn() -> None:
    assert said(read("I:\nR: Ja.\nI: Mooi.\nR:")) == [("R", "Ja."), ("I", "Mooi.")]


def test_f4_stamps_close_a_turn_and_stay_where_they_do_not() -> None:
    text = "I: Hoe? #00:00:08-0#\nR: Zo #00:00:10-5# en zo. #00:01:23-4#\n\nI: Ja.\n"
    assert timed(read(text)) == [
        ("I", 8000, "Hoe?"),
        ("R", 83400, "Zo #00:00:10-5# en zo."),
        ("I", None, "Ja."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[00:00:12] {}: {}",
        "00:00:12 {}: {}",
        "#00:00:12-0# {}: {}",
        "{} [00:00:12]: {}",
        "{} (00:12): {}",
        "{}: [00:00:12] {}",
        "{}: (0:12) {}",
        "{}  00:12\n{}",
        "{}\t00:00:12\n{}",
        "00:00:12 {}\n{}",
        "[00:00:12.000] - {}\n{}",
        "[00:00:12.000 --> 00:00:15.000] {}: {}",
        "[00:00:12]\n{}: {}",
        "{}: {} #00:00:12-0#",
    ],
)
def test_time_stamps_beside_a_label_are_not_speech(line: str) -> None:
    text = "\n\n".join([line.format("Interviewer", "Ja?"), line.format("Anna B", "Nou.")] * 3)
    assert set(timed(read(text))) == {("Interviewer", 12000, "Ja?"), ("Anna B", 12000, "Nou.")}


def test_noscribe_text_keeps_overlapping_speech_in_the_turn() -> None:
    text = "S01: [00:00:12] Ga door //S02: ja// en dan?\nS02: [00:00:15] Zo."
    assert timed(read(text))[0] == ("S01", 12000, "Ga door //S02: ja// en dan?")


@pytest.mark.parametrize(
    "label", ["**I:** ", "**I**: ", "__I:__ ", "*I:* ", "- **I:** ", "### I: "]
)
def test_markdown_around_a_label_is_not_speech(label: str) -> None:
    text = f"# Titel\n\n{label}Hoe *gaat* het?\n\n**R:** *lacht*\n"
    assert said(read(text, "G01.md")) == [("I", "Hoe *gaat* het?"), ("R", "*lacht*")]


def test_square_brackets_are_speech() -> None:
    assert said(read("I: [lacht] En?\nR: [onverstaanbaar]"))[1] == ("R", "[onverstaanbaar]")


def test_a_text_without_labels_is_one_respondent_with_a_turn_per_paragraph() -> None:
    result = read("Het begon\nvroeger.\n\n[00:00:12] Toen niet.\n")
    assert timed(result) == [("R", None, "Het begon\nvroeger."), ("R", 12000, "Toen niet.")]
    assert result.transcript.speakers[0].role is Role.RESPONDENT
    assert "No speaker labels were found" in result.problems[0].message


def test_a_single_label_is_taken_with_a_problem_that_says_it_is_the_only_one() -> None:
    result = read("I: Hoe gaat het?\n\nGoed.\n\nI: En verder?")
    assert {speaker for speaker, _ in said(result)} == {"I"}
    assert "'I' is the only speaker label" in result.problems[0].message


def test_a_stamp_in_brackets_closes_a_turn_too() -> None:
    assert timed(read("I: Ja? [00:00:12]\nR: [00:00:14] Nou [lacht]"))[0] == ("I", 12000, "Ja?")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("mw", "ik"),
        ("Vraag", "Antwoord"),
        ("Interviewer (Anna)", "Respondent (G01)"),
        ("Mw. Jansen", "A. de Vries"),
    ],
)
def test_less_usual_labels_are_taken_when_they_begin_many_lines(first: str, second: str) -> None:
    text = f"{first}: ja?\n{second}: nee.\n" * 4
    assert [speaker for speaker, _ in said(read(text))] == [first, second] * 4


def test_a_label_that_the_user_names_is_taken_wherever_it_starts_a_line() -> None:
    text = "I: Ja?\nR: Nou.\nI: En?\nNou ja: hoi.\nR: Ja."
    result = read(text, **{"Nou ja": Role.OTHER})
    assert said(result)[3] == ("Nou ja", "hoi.")
    assert result.transcript.role_of("Nou ja") is Role.OTHER


def test_naming_a_label_that_does_not_occur_is_refused_with_the_labels_found() -> None:
    with pytest.raises(UnknownNameError, match=r"'X' in 'G01.txt'. Labels found: I; R\."):
        read("I: Ja?\nR: Nou.", X=Role.OTHER)
