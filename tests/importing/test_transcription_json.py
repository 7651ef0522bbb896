"""JSON of transcription programs: the words, the speakers and the times that it states."""

from __future__ import annotations

import json
from typing import Any

import pytest

from qualcode.errors import UnreadableFileError
from qualcode.importing import read_transcript_bytes


def word(text: str, start: float, speaker: object = None, key: str = "word") -> dict[str, Any]:
    made = {key: text, "start": start, "end": start + 0.4}
    return made if speaker is None else made | {"speaker": speaker}


def aws(text: str, start: float, speaker: str = "") -> dict[str, Any]:
    made = {"type": "pronunciation", "alternatives": [{"content": text}], "start_time": str(start)}
    return made | {"speaker_label": speaker} if speaker else made


STOP = {"type": "punctuation", "alternatives": [{"content": "."}]}
QUESTION = {"type": "punctuation", "alternatives": [{"content": "?"}]}
PROGRAMS = {
    "assemblyai": {
        "language_model": "x",
        "utterances": [
            {"speaker": "A", "text": "Hoe gaat het?", "start": 1500, "end": 2500},
            {"speaker": "B", "text": "Goed.", "start": 3000, "end": 3400},
        ],
    },
    "deepgram utterances": {
        "results": {
            "utterances": [
                {"speaker": 0, "transcript": "Hoe gaat het?", "start": 1.5},
                {"speaker": 1, "transcript": "Goed.", "start": 3.0},
            ]
        }
    },
    "deepgram words": {
        "results": {
            "channels": [
                {
                    "alternatives": [
                        {
                            "words": [
                                word("hoe", 1.5, 0) | {"punctuated_word": "Hoe"},
                                word("gaat", 1.9, 0),
                                word("het", 2.2, 0) | {"punctuated_word": "het?"},
                                word("goed", 3.0, 1) | {"punctuated_word": "Goed."},
                            ]
                        }
                    ]
                }
            ]
        }
    },
    "amberscript": {
        "speakers": [{"spkid": "spk1", "name": "Anna"}, {"spkid": "spk2", "name": "Bert"}],
        "segments": [
            {
                "speaker": "spk1",
                "words": [word("Hoe", 1.5, key="text"), word("gaat", 2, key="text"),
                          word("het?", 2.4, key="text")],
            },
            {"speaker": "spk2", "words": [word("Goed.", 3.0, key="text")]},
        ],
    },
    "aws": {
        "results": {
            "items": [
                aws("Hoe", 1.5, "spk_0"), aws("gaat", 2.0, "spk_0"), aws("het", 2.2, "spk_0"),
                QUESTION, aws("Goed", 3.0, "spk_1"), STOP,
            ]
        }
    },
    "aws before 2023": {
        "results": {
            "items": [aws("Hoe", 1.5), aws("gaat", 2.0), aws("het", 2.2), QUESTION,
                      aws("Goed", 3.0), STOP],
            "speaker_labels": {
                "segments": [
                    {
                        "speaker_label": "spk_0",
                        "items": [{"start_time": "1.5"}, {"start_time": "2.0"},
                                  {"start_time": "2.2"}],
                    },
                    {"speaker_label": "spk_1", "items": [{"start_time": "3.0"}]},
                ]
            },
        }
    },
    "azure": {
        "recognizedPhrases": [
            {"speaker": 1, "offsetInTicks": 15000000, "nBest": [{"display": "Hoe gaat het?"}]},
            {"speaker": 2, "offsetInTicks": 30000000, "nBest": [{"display": "Goed."}]},
        ]
    },
    "kaldi sections": {
        "speakers": {"S0": {"name": "Anna"}, "S1": {"name": "Bert"}},
        "sections": [
            {
                "turns": [
                    {"speaker": "S0", "start": 1.5, "transcript": "Hoe gaat het?"},
                    {"speaker": "S1", "start": 3.0, "transcript": "Goed."},
                ]
            }
        ],
    },
}  # fmt: skip
LABELS = {
    "assemblyai": ("Speaker A", "Speaker B"),
    "deepgram utterances": ("Speaker 0", "Speaker 1"),
    "deepgram words": ("Speaker 0", "Speaker 1"),
    "aws": ("spk_0", "spk_1"),
    "aws before 2023": ("spk_0", "spk_1"),
    "azure": ("Speaker 1", "Speaker 2"),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_words_speakers_and_times(program: str) -> None:
    result = read_transcript_bytes(json.dumps(PROGRAMS[program]).encode(), "a.json")
    text = result.transcript.text
    first, second = LABELS.get(program, ("Anna", "Bert"))
    said = [(t.speaker, t.time_ms, t.span.of(text)) for t in result.transcript.turns]
    assert said == [(first, 1500, "Hoe gaat het?"), (second, 3000, "Goed.")]


@pytest.mark.parametrize("key", ["result", "words"])
def test_words_without_speakers_are_cut_at_silences(key: str) -> None:
    words = [word("ja", 0.5), word("hoor", 1.0), word("nee", 9.0)]
    result = read_transcript_bytes(json.dumps({key: words, "text": "x"}).encode(), "a.json")
    text = result.transcript.text
    assert [(t.time_ms, t.span.of(text)) for t in result.transcript.turns] == [
        (500, "ja hoor"),
        (9000, "nee"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        [], {}, {"segments": []}, {"segments": "x"}, {"results": []}, {"results": {"items": 3}},
        {"words": [3, None]}, {"utterances": [None]}, {"sections": [{"turns": None}]},
        {"recognizedPhrases": [{"nBest": []}]}, {"segments": [{"words": None}]},
    ],
)  # fmt: skip
def test_other_json_is_refused(content: object) -> None:
    with pytest.raises(UnreadableFileError, match=r"not the JSON|holds no speech"):
        read_transcript_bytes(json.dumps(content).encode(), "a.json")


@pytest.mark.parametrize("start", [None, True, "x", -1, "NaN", 1e300, [], {}])
def test_an_odd_time_is_no_time(start: object) -> None:
    content = {"segments": [{"text": "Ja?", "start": start}]}
    result = read_transcript_bytes(json.dumps(content).encode(), "a.json")
    assert result.transcript.turns[0].time_ms in {None, 1000}
