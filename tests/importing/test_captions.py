"""Caption files: cues become turns of the one who speaks."""

from __future__ import annotations

import pytest

from qualcode.importing import ReadResult, read_transcript_bytes

Timed = list[tuple[str, int | None, str]]


def vtt(*cues: str) -> ReadResult:
    """Read cues of two seconds each, the first at 0:00."""
    timing = "00:00:{:02d}.000 --> 00:00:{:02d}.000\n{}"
    blocks = [timing.format(2 * i, 2 * i + 2, cue) for i, cue in enumerate(cues)]
    return read_transcript_bytes("\n\n".join(["WEBVTT", *blocks]).encode(), "G05.vtt")


def srt(content: str) -> ReadResult:
    return read_transcript_bytes(content.encode(), "G06.srt")


def timed(result: ReadResult) -> Timed:
    text = result.transcript.text
    return [(turn.speaker, turn.time_ms, turn.span.of(text)) for turn in result.transcript.turns]


def test_cues_of_one_voice_are_one_turn_with_the_time_of_the_first() -> None:
    result = vtt("<v Jansen, Piet>Hoe is</v>", "<v Jansen, Piet>het?</v>", "<v Anna>Goed.</v>")
    assert timed(result) == [("Jansen, Piet", 0, "Hoe is het?"), ("Anna", 4000, "Goed.")]
    assert result.transcript.text == "Hoe is het?\nGoed."


@pytest.mark.parametrize(
    "cue",
    [
        "<v Anna>Ja &amp; nee",
        "<v Anna>Ja &amp;\nnee</v>",
        "<v.luid Anna>Ja &amp; nee</v>",
        "<v Anna><i>Ja</i> <c.geel>&amp;</c> <00:00:01.000>nee</v>",
        "<v Anna>Ja</v> <v Anna>&amp; nee</v>",
    ],
)
def test_tags_entities_and_unclosed_voices_leave_only_the_words(cue: str) -> None:
    assert timed(vtt(cue)) == [("Anna", 0, "Ja & nee")]


def test_two_voices_in_a_cue_are_two_turns() -> None:
    assert timed(vtt("<v A>Ja?</v>\n<v B>Nee.</v>")) == [("A", 0, "Ja?"), ("B", 0, "Nee.")]


def test_words_that_look_like_tags_stay() -> None:
    assert timed(vtt("<v A>dat was < 3 gram", "<v B>en &lt;lacht&gt;"))[0][2] == "dat was < 3 gram"


def test_zoom_labels_hold_until_the_next_and_colons_in_speech_are_speech() -> None:
    result = vtt(
        "Anna Bakker: Hoe ging dat?",
        "Piet: Hij zei: ga maar.",
        "Let op: dat was later.",
        "Anna Bakker: En toen?",
        "Piet: Niks.",
    )
    assert timed(result) == [
        ("Anna Bakker", 0, "Hoe ging dat?"),
        ("Piet", 2000, "Hij zei: ga maar. Let op: dat was later."),
        ("Anna Bakker", 6000, "En toen?"),
        ("Piet", 8000, "Niks."),
    ]


def test_cues_without_labels_are_one_speaker_and_a_turn_each() -> None:
    result = vtt(" Hoe gaat het?", " Goed.")
    assert timed(result) == [("R", 0, "Hoe gaat het?"), ("R", 2000, "Goed.")]
    assert "No speaker labels" in result.problems[0].message


def test_words_before_the_first_label_are_of_an_unknown_speaker() -> None:
    result = vtt("Hallo", "I: Ja?", "R: Nee.")
    assert timed(result)[0] == ("Onbekend", 0, "Hallo")
    assert "before the first speaker label" in result.problems[0].message


def test_overlapping_cues_are_kept_with_a_problem_that_names_the_first() -> None:
    content = (
        "WEBVTT\n\n00:01.000 --> 00:05.000\n<v A>Een\n\n00:03.000 --> 00:06.000\n<v B>Twee\n\n"
        "00:02.000 --> 00:07.000\n<v A>Drie\n"
    )
    result = read_transcript_bytes(content.encode(), "G05.vtt")
    assert timed(result) == [("A", 1000, "Een"), ("B", 3000, "Twee"), ("A", 2000, "Drie")]
    assert [p.where for p in result.problems[:2]] == ["G05.vtt, cue 2", "G05.vtt, cue 3"]


def test_notes_styles_and_cue_names_are_not_speech() -> None:
    content = (
        "\ufeffWEBVTT - titel\nKind: captions\n\nNOTE dit niet\nen dit niet\n\nSTYLE\n::cue {}\n\n"
        "naam-1\n00:00:01.000 --> 00:00:02.000 align:start\n<v A>Ja?\n\n2\n01:00:03.500 --> "
        "01:00:04.000\n<v B>Nee.\n"
    )
    result = read_transcript_bytes(content.encode(), "G05.vtt")
    assert timed(result) == [("A", 1000, "Ja?"), ("B", 3603500, "Nee.")]


def test_subrip_of_whisperx_gives_speakers_and_drops_the_leading_space() -> None:
    result = srt(
        "1\r\n00:00:01,500 --> 00:00:02,000\r\n SPEAKER_00: Ja?\r\n\r\n"
        "2\r\n00:00:02,000 --> 00:00:03,000\r\n SPEAKER_01: Nee.\r\n\r\n"
        "3\r\n00:00:03,000 --> 00:00:04,000\r\n Echt niet.\r\n"
    )
    assert timed(result) == [("SPEAKER_00", 1500, "Ja?"), ("SPEAKER_01", 2000, "Nee. Echt niet.")]


def test_subrip_without_blank_lines_between_cues_is_read() -> None:
    result = srt(
        "1\n00:00:01,000 --> 00:00:02,000\nI: Hoeveel?\n2\n00:00:02,000 --> 00:00:03,000\n"
        "R: Wel\n\n12\n3\n00:00:03,000 --> 00:00:04,000\nI: Zo.\n"
    )
    assert [words for _, _, words in timed(result)] == ["Hoeveel?", "Wel 12", "Zo."]


def test_whisper_json_is_read_with_and_without_speakers() -> None:
    plain = '{"segments": [{"start": 0.5, "end": 1, "text": " Ja?"}, {"start": 2, "text": "Nee."}]}'
    named = (
        '{"segments": [{"start": 0, "text": "Ja?", "speaker": "SPEAKER_00"},'
        '{"start": 1, "text": " Zo?", "speaker": "SPEAKER_00"}, {"start": 2, "text": "Nee."}]}'
    )
    cpp = '{"transcription": [{"offsets": {"from": 1500, "to": 2000}, "text": " Ja."}]}'
    results = [read_transcript_bytes(t.encode(), "a.json") for t in (plain, named, cpp)]
    assert timed(results[0]) == [("R", 500, "Ja?"), ("R", 2000, "Nee.")]
    assert timed(results[1]) == [("SPEAKER_00", 0, "Ja? Zo? Nee.")]
    assert timed(results[2]) == [("R", 1500, "Ja.")]


def test_a_speaker_of_whom_every_cue_states_the_label_is_kept_however_seldom() -> None:
    cues = ["Piet Jansen: Dat was zo."] * 125 + ["Anna Bos: Hoe dan?"] * 5
    cues.insert(60, "06 1234: Ik kom erbij.")
    turns = timed(srt(_numbered(cues)))
    assert [speaker for speaker, _, _ in turns] == [
        "Piet Jansen",
        "06 1234",
        "Piet Jansen",
        "Anna Bos",
    ]


def test_five_speakers_of_whom_three_speak_once_or_twice_are_five_speakers() -> None:
    cues = [f"{'Anna' if i % 2 else 'Bram'}: Zin {i}." for i in range(60)]
    cues += ["Cor van Dam: Ja.", "Dora: Nee.", "Dora: Toch.", "Els (gast): Hoi."]
    assert {label for label, _, _ in timed(srt(_numbered(cues)))} == {
        "Anna", "Bram", "Cor van Dam", "Dora", "Els (gast)"
    }  # fmt: skip


def test_a_word_with_a_colon_in_captions_that_is_no_speaker_is_named_in_a_problem() -> None:
    cues = ["Anna: Vertel.", "Piet: Nou.", "dat", "ging", "Amsterdam: daar begon het."] * 3
    result = srt(_numbered([*cues, "Zwolle: ook."]))
    assert any("Not read as a speaker: 'Zwolle' (1×)" in p.message for p in result.problems)


def _numbered(cues: list[str]) -> str:
    timing = "{}\n00:{:02d}:{:02d},000 --> 00:{:02d}:{:02d},900\n{}\n"
    return "\n".join(
        timing.format(i + 1, i // 60, i % 60, i // 60, i % 60, cue) for i, cue in enumerate(cues)
    )
