"""No spoken word is lost: the words of the turns are those that were written into the file."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hypothesis_examples import examples
from qualcode.importing import ReadResult, read_transcript_bytes

# Speech that looks like what a layout holds: times of day, numbers, words with a colon.
SPOKEN = st.sampled_from(
    "10:30 11:15, (10:45) 9:05 10:30-11:00 12 3 1:15. uur ja nee. om de bus, [lacht] (lacht) … - "
    "op: zei: 14.30 *echt* #1 http://a.nl a/b".split()
)
SENTENCE = st.lists(SPOKEN, min_size=1, max_size=6).map(" ".join)
LABELS = st.sampled_from([("I", "R"), ("Anna Bos", "Piet Jansen"), ("SPEAKER_00", "SPEAKER_01")])
TURNS = st.lists(SENTENCE, min_size=6, max_size=10)
DOCUMENT_LAYOUTS = [
    "{label}: {words}",
    "{label}:\t{words}",
    "{label}: [{stamp}] {words}",
    "{label}: {stamp} {words}",
    "{label} [{stamp}]: {words}",
    "{label} ({stamp}): {words}",
    "[{stamp}] {label}: {words}",
    "{stamp} {label}: {words}",
    "{label}  {stamp}\n{words}",
    "[{stamp}]\n{label}: {words}",
    "**{label}:** {words}",
    "{label}: {words} #{stamp}-0#",
    "[{label}]: {words}",
    "[{label}] {stamp}\n{words}",
    "{label}\n{clock}\n{words}",
    "{label} {clock}\n{words}",
    "{label} [{stamp}] {words}",
    "//{label}: {words}//",
    "### {label}\n{words}",
    "**{label}**\n{words}",
    "[{stamp}] **{label}:** {words}",
    "{label}\n[{stamp}] - {words}",
    "{clock}\n{label}\n{words}",
]


def spoken(result: ReadResult) -> list[str]:
    text = result.transcript.text
    return [word for turn in result.transcript.turns for word in turn.span.of(text).split()]


def assert_nothing_lost(result: ReadResult, sentences: list[str]) -> None:
    """Compare the words; a missing one must be listed as a time stamp, or proposed as a speaker."""
    kept, listed = spoken(result), " ".join(p.message for p in result.problems)
    # A word with a colon that fills lines by itself is proposed as a label, for a person to judge.
    labels = {f"{proposal.label}:" for proposal in result.proposals}
    for word in " ".join(sentences).split():
        if kept and kept[0] == word:
            kept.pop(0)
        elif word in labels:
            continue
        else:
            assert "Read as time stamps" in listed, (word, kept)
            assert word in listed, (word, kept)
    assert kept == []


@pytest.mark.parametrize("layout", DOCUMENT_LAYOUTS)
@given(labels=LABELS, sentences=TURNS)
@settings(max_examples=examples(400), deadline=None, derandomize=True)
def test_documents(layout: str, labels: tuple[str, str], sentences: list[str]) -> None:
    lines = (
        layout.format(
            label=labels[i % 2],
            words=words,
            stamp=f"00:{i:02d}:12",
            clock=f"{i} minutes 12 seconds",
        )
        for i, words in enumerate(sentences)
    )
    read = read_transcript_bytes("\n\n".join(lines).encode(), "a.txt")
    # A closing sign of overlapping speech is no word.
    spoken_words = [f"{s}//" for s in sentences] if "//" in layout else sentences
    assert_nothing_lost(read, spoken_words)


@pytest.mark.parametrize("layout", ["{label}: {words}", "<v {label}>{words}</v>"])
@pytest.mark.parametrize("suffix", ["vtt", "srt"])
@given(labels=LABELS, sentences=TURNS)
@settings(max_examples=examples(800), deadline=None, derandomize=True)
def test_captions(suffix: str, layout: str, labels: tuple[str, str], sentences: list[str]) -> None:
    cues = (
        f"{i + 1}\n00:{i:02d}:00.000 --> 00:{i:02d}:09.000\n"
        + layout.format(label=labels[i % 2], words=words)
        for i, words in enumerate(sentences)
    )
    result = read_transcript_bytes(
        "\n\n".join(["WEBVTT", *cues] if suffix == "vtt" else cues).encode(), f"a.{suffix}"
    )
    assert spoken(result) == " ".join(sentences).split()


@pytest.mark.parametrize("stamp", ["", "[00:{:02d}:12] ", "00:{:02d}:12 ", "00:{:02d}:12.520 "])
@given(sentences=TURNS)
@settings(max_examples=examples(400), deadline=None, derandomize=True)
def test_paragraphs_without_labels(stamp: str, sentences: list[str]) -> None:
    lines = (stamp.format(i) + words for i, words in enumerate(sentences))
    result = read_transcript_bytes("\n\n".join(lines).encode(), "a.txt")
    # A word with a colon that begins a fifth of the lines is taken for a label, and listed.
    assume(not any("only speaker label" in problem.message for problem in result.problems))
    assert_nothing_lost(result, sentences)


def test_times_of_day_after_a_label_are_speech() -> None:
    text = "Anna Bos: 10:30 uur vertrok de bus.\nPiet Jansen: 11:15 is te laat.\n" * 2
    assert spoken(read_transcript_bytes(text.encode(), "a.txt"))[:3] == ["10:30", "uur", "vertrok"]


def test_times_of_day_in_captions_are_speech() -> None:
    cues = ["Anna Bos: 10:30 uur vertrok de bus.", "Piet Jansen: (10:45) kan ook."] * 2
    timed = (f"00:00:{i:02d}.000 --> 00:00:{i:02d}.900\n{cue}" for i, cue in enumerate(cues))
    words = spoken(read_transcript_bytes("\n\n".join(["WEBVTT", *timed]).encode(), "a.vtt"))
    assert (words[0], words[5]) == ("10:30", "(10:45)")


def test_a_stamp_after_a_caption_label_that_repeats_its_time_is_no_speech() -> None:
    cues = ["Anna: [00:01:16] Hoe?", "Piet: (01:20) Goed.", "Anna: [00:01:24] En?"]
    times = ["00:01:16.400", "00:01:20.100", "00:01:24.000"]
    timed = (f"{time} --> 00:02:00.000\n{cue}" for time, cue in zip(times, cues, strict=True))
    result = read_transcript_bytes("\n\n".join(["WEBVTT", *timed]).encode(), "a.vtt")
    assert spoken(result) == ["Hoe?", "Goed.", "En?"]


def test_a_stamp_with_milliseconds_is_taken_whole() -> None:
    text = "".join(f"00:{i:02d}:12.520 Zin nummer {i}.\n" for i in range(1, 9))
    result = read_transcript_bytes(text.encode(), "a.txt")
    first = result.transcript.turns[0]
    assert (first.span.of(result.transcript.text), first.time_ms) == ("Zin nummer 1.", 72520)


def test_a_spoken_number_on_the_last_line_of_a_caption_is_no_cue_number() -> None:
    captions = (
        "00:00:01,000 --> 00:00:02,000\nI: Hoeveel?\n12\n\n00:00:02,000 --> 00:00:03,000\nR: Ja."
    )
    assert spoken(read_transcript_bytes(captions.encode(), "a.srt"))[:3] == [
        "Hoeveel?",
        "12",
        "Ja.",
    ]


def test_a_word_that_somebody_repeats_below_names_with_times_is_no_label() -> None:
    lines = [f"{'Anna Bos' if i % 2 == 0 else 'Piet Jansen'}  00:0{i}:12\nop:" for i in range(6)]
    assert spoken(read_transcript_bytes("\n\n".join(lines).encode(), "a.txt")) == ["op:"] * 6


def test_a_time_and_a_word_that_fill_an_answer_are_no_label_of_the_next_one() -> None:
    answers = ["10:30 ja 12" if i == 4 else "10:30" for i in range(6)]
    lines = [f"{'IR'[i % 2]}  00:0{i}:12\n{answer}" for i, answer in enumerate(answers)]
    read = read_transcript_bytes("\n\n".join(lines).encode(), "a.txt")
    assert spoken(read) == " ".join(answers).split()
