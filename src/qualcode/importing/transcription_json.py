"""Reads the JSON of transcription programs: words, times and speakers where it states them.

Known are Whisper, WhisperX, whisper.cpp, AssemblyAI, Deepgram, Amberscript, AWS Transcribe, Azure
and the forms of Kaldi (Vosk, Gentle, Kaldi_NL's sections with turns).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from qualcode.errors import UnreadableFileError
from qualcode.importing.source import Utterance, UtteranceSource
from qualcode.importing.text_encoding import decode_text
from qualcode.messages import Message

_LONGEST_TIME_S = 1e7
_TICKS_PER_MS = 10_000
# A silence between words that ends an utterance, where nothing else does.
_PAUSE_MS = 2000
# Longest run of words without a speaker and without a pause.
_MOST_WORDS = 60

Fields = Mapping[str, Any]


def read_transcription_json(data: bytes, file_name: str) -> UtteranceSource:
    """Return the segments of a transcription as utterances.

    Raises:
        UnreadableFileError: The file is not JSON, or of no known program.
    """
    text, problems = decode_text(data, file_name)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(
            Message(
                "'{file_name}' is not valid JSON. Let the transcription program write it again.",
                file_name=file_name,
            )
        ) from error
    for read in _READERS:
        utterances = tuple(read(content if isinstance(content, Mapping) else {}))
        if utterances:
            return UtteranceSource(utterances, problems=problems)
    raise UnreadableFileError(
        Message(
            "'{file_name}' is not the JSON of a transcription program that is known here: it has "
            "no list 'segments', 'utterances' or 'words' with texts. Export the transcript as "
            ".vtt, .srt or .docx instead.",
            file_name=file_name,
        )
    )


def _assemblyai(content: Fields) -> Iterator[Utterance]:
    """AssemblyAI: utterances with times in milliseconds; without speakers only words."""
    for part in _mappings(content.get("utterances")):
        yield _utterance(part, "text", _whole(part.get("start")))
    if not content.get("utterances") and "language_model" in content:
        yield from _of_words(content.get("words"), lambda word: _whole(word.get("start")))


def _deepgram(content: Fields) -> Iterator[Utterance]:
    """Deepgram: utterances, or words with the number of their speaker."""
    results = _mapping(content.get("results"))
    utterances = list(_mappings(results.get("utterances")))
    for part in utterances:
        yield _utterance(part, "transcript", _seconds(part.get("start")))
    for channel in () if utterances else _mappings(results.get("channels")):
        alternative = next(_mappings(channel.get("alternatives")), {})
        yield from _of_words(alternative.get("words"), lambda word: _seconds(word.get("start")))


def _aws(content: Fields) -> Iterator[Utterance]:
    """AWS Transcribe: words and signs, the speaker at each or in a list of segments."""
    results = _mapping(content.get("results"))
    labels = {
        str(item.get("start_time")): item.get("speaker_label", segment.get("speaker_label"))
        for segment in _mappings(_mapping(results.get("speaker_labels")).get("segments"))
        for item in _mappings(segment.get("items"))
    }
    words: list[Fields] = []
    for item in _mappings(results.get("items")):
        content_ = next(_mappings(item.get("alternatives")), {}).get("content")
        # AWS gives signs as items without a time or a speaker: they belong to the word before.
        if item.get("type") == "punctuation" and words:
            words[-1] = {**words[-1], "word": f"{words[-1]['word']}{content_}"}
        else:
            speaker = item.get("speaker_label", labels.get(str(item.get("start_time"))))
            words.append({"word": content_, "speaker": speaker, "start": item.get("start_time")})
    yield from _of_words(words, lambda word: _seconds(word.get("start")))


def _azure(content: Fields) -> Iterator[Utterance]:
    """Azure: phrases with times in ticks of 100 nanoseconds."""
    for phrase in _mappings(content.get("recognizedPhrases")):
        best = next(_mappings(phrase.get("nBest")), {})
        ticks = _whole(phrase.get("offsetInTicks"))
        time = None if ticks is None else ticks // _TICKS_PER_MS
        yield Utterance(_label(phrase.get("speaker")), str(best.get("display") or ""), time)


def _kaldi_turns(content: Fields) -> Iterator[Utterance]:
    """Kaldi with speakers: sections of turns, and a table of names."""
    names = _names(content.get("speakers"))
    for section in _mappings(content.get("sections")):
        for turn in _mappings(section.get("turns")):
            utterance = _utterance(turn, "transcript", _seconds(turn.get("start")))
            speaker = names.get(str(turn.get("speaker")), utterance.speaker)
            yield Utterance(speaker, utterance.text, utterance.time_ms)


def _segments(content: Fields) -> Iterator[Utterance]:
    """Whisper and its relatives, and Amberscript, whose segments hold words only."""
    names = _names(content.get("speakers"))
    for segment in _mappings(content.get("segments", content.get("transcription"))):
        words = list(_mappings(segment.get("words")))
        offsets = _mapping(segment.get("offsets"))
        start = segment.get("start", words[0].get("start") if words else None)
        time = _seconds(start) if start is not None else _whole(offsets.get("from"))
        text = segment.get("text")
        if not isinstance(text, str):
            text = " ".join(map(_word, words))
        speaker = _label(segment.get("speaker"))
        yield Utterance(names.get(str(segment.get("speaker")), speaker), text, time)


def _loose_words(content: Fields) -> Iterator[Utterance]:
    """Vosk and Gentle: a list of words with times."""
    words = content.get("result", content.get("words"))
    yield from _of_words(words, lambda word: _seconds(word.get("start")))


_READERS: Sequence[Callable[[Fields], Iterator[Utterance]]] = (
    _assemblyai,
    _deepgram,
    _aws,
    _azure,
    _kaldi_turns,
    _segments,
    _loose_words,
)


def _of_words(words: object, time_of: Callable[[Fields], int | None]) -> Iterator[Utterance]:
    """Join words to utterances: a speaker, a long silence or a long run ends one."""
    texts: list[str] = []
    speaker, begin, last = None, None, None
    for word in _mappings(words):
        label, time = _label(word.get("speaker")), time_of(word)
        silence = 0 if last is None or time is None else time - last
        is_long = len(texts) >= _MOST_WORDS and texts[-1].endswith((".", "?", "!"))
        # Where the program says who speaks, only another speaker ends an utterance.
        is_cut = label is None and (silence > _PAUSE_MS or is_long)
        if texts and (label != speaker or is_cut):
            yield Utterance(speaker, " ".join(texts), begin)
            texts = []
        if not texts:
            speaker, begin = label, time
        text = _word(word)
        if text:
            texts.append(text)
        last = time if time is not None else last
    if texts:
        yield Utterance(speaker, " ".join(texts), begin)


def _word(word: Fields) -> str:
    names = ("punctuated_word", "text", "word")
    return next((str(word[name]) for name in names if word.get(name) is not None), "").strip()


def _utterance(part: Fields, text: str, time: int | None) -> Utterance:
    return Utterance(_label(part.get("speaker")), str(part.get(text) or ""), time)


def _label(speaker: object) -> str | None:
    """Return the label of a speaker; programs give a name, a letter or a number."""
    # A truth value is an int in Python, and would become "Speaker True".
    if isinstance(speaker, bool) or speaker is None or speaker == "":
        return None
    return (
        f"Speaker {speaker}" if isinstance(speaker, int) or len(str(speaker)) == 1 else str(speaker)
    )


def _names(speakers: object) -> dict[str, str]:
    """Return the names of speakers by their ids."""
    if isinstance(speakers, Mapping):
        return {
            str(key): str(value["name"])
            for key, value in speakers.items()
            if isinstance(value, Mapping) and value.get("name")
        }
    rows = _mappings(speakers)
    pairs = ((row.get("spkid", row.get("id")), row.get("name")) for row in rows)
    return {str(key): str(name) for key, name in pairs if key is not None and name}


def _seconds(value: object) -> int | None:
    """Return seconds, as number or text, in milliseconds; None where it is none."""
    try:
        seconds = float(value) if isinstance(value, int | float | str) else -1.0
    except ValueError:
        return None
    # NaN and infinity, which JSON of Python allows, fail this comparison.
    return round(seconds * 1000) if 0 <= seconds < _LONGEST_TIME_S else None


def _whole(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return None
    return value


def _mapping(value: object) -> Fields:
    return value if isinstance(value, Mapping) else {}


def _mappings(value: object) -> Iterator[Fields]:
    items: Iterable[object] = value if isinstance(value, list) else ()
    return (item for item in items if isinstance(item, Mapping))
