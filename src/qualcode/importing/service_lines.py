"""Lines that transcription programs write into a transcript, and that nobody said.

They hold paths of somebody's machine and names of recordings, so they are offered for removal.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace

from qualcode.errors import Problem
from qualcode.importing.label_candidates import nonblank_lines
from qualcode.importing.source import Cells, DocumentSource, UtteranceSource
from qualcode.importing.speaker_labels import is_name
from qualcode.messages import Message

_PROGRAMS = (
    r"https?://|www\.|otter|noscribe|atrain|whisper|amberscript|happy\s?scribe|trint|descript|sonix"
    r"|rev\.com|turboscribe|f4x|f4transkript|microsoft|teams|zoom|word"
)
# "Hij heeft de opname gestopt" is speech; the program writes a name there.
_PRONOUNS = r"hij|zij|ze|ik|die|dat|wie|men|iemand|je|he|she|they|i|we|you|who|er|sie|ich|wer"
_RECORDING = r"mp3|wav|m4a|mp4|ogg|flac|wma|aac|webm|mov|mkv|opus"
_SERVICE = re.compile(
    rf"""
    (?:automatically[ ])?
      (?:transcribed|getranscribeerd|transkribiert|transcrit|transcript(?:ie)?[ ]gemaakt)[ ]
      (?:by|with|using|door|met|mit|von|durch|par|avec)[ ].{{0,40}}?(?:{_PROGRAMS}).{{0,100}}
    | (?P<name>(?!(?:{_PRONOUNS})\b)[^:.?!]{{1,80}})[ ]
        (?:heeft[ ]de[ ](?:transcriptie|opname)[ ](?:gestart|gestopt|be[eë]indigd)
        |(?:started|stopped)[ ](?:the[ ])?(?:transcription|recording)
        |hat[ ]die[ ](?:Transkription|Aufzeichnung)[ ](?:gestartet|beendet))
    | (?:audio|media|video)[ ]?(?:datei|bestand|bron|file|source|quelle)?[ ]?:[ ]?
        (?:[A-Za-z]:[\\/]|[\\/~]|file:).{{1,300}}
    | (?:audio|media|video)[ ]?(?:datei|bestand|bron|file|source)[ ]?:?[ ].{{1,200}}
        \.(?:{_RECORDING})
    | (?:[A-Za-z]:\\|/Users/|/home/|file:///?|\\\\)[^\n?!]{{1,300}}\.\w{{2,5}}
    | (?:dit|deze)[ ]transcript(?:ie)?[ ]is[ ]automatisch[ ](?:gegenereerd|gemaakt).{{0,120}}
    | this[ ]transcript[ ]was[ ](?:automatically[ ]generated|generated[ ]automatically
        |exported[ ]on).{{0,120}}
    | transcription[ ](?:for|of)[ ].{{1,200}}\.(?:{_RECORDING})
    | (?:dit[ ]bewerkbare|this[ ]editable)[ ]transcript(?:ie)?[ ].{{0,250}}
    | (?:transcription[ ]ended[ ]after|transcriptie[ ](?:is[ ])?be[eë]indigd[ ]na)[ ][\d:]{{4,8}}
    | AI-generated[ ]content[ ]may[ ]be[ ]incorrect
    | (?:door[ ])?AI[ -]gegenereerde[ ]inhoud[ ]kan[ ]onjuist[ ]zijn
    | (?:ondertitel(?:d|s|ing)|subtitles|untertitel)[ ].{{0,40}}(?:amara\.org|TT888).{{0,40}}
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Word writes these two lines, the name of the recording between them.
_AUDIO = re.compile(r"audio ?(?:file|bestand)", re.IGNORECASE)
_TITLE = re.compile(r"transcript(?:ie)?", re.IGNORECASE)
_FILE_NAME = re.compile(rf"[^\n?!]{{1,200}}\.(?:{_RECORDING})", re.IGNORECASE)
_LONGEST = 400
_SIGNS = "*_#>. \t\xa0"
_SHOWN = 5


def find_service_lines(source: DocumentSource | UtteranceSource) -> tuple[str, ...]:
    """Return the lines of a source that a transcription program wrote, as they are."""
    if isinstance(source, UtteranceSource):
        return tuple(u.text.strip() for u in source.utterances if _is_service_line(u.text))
    return tuple(source.text[start:end].strip() for start, end in _spans(source.text))


def remove_service_lines(
    source: DocumentSource | UtteranceSource,
) -> DocumentSource | UtteranceSource:
    """Return a source without the lines that a transcription program wrote."""
    if isinstance(source, UtteranceSource):
        utterances = tuple(u for u in source.utterances if not _is_service_line(u.text))
        return replace(source, utterances=utterances)
    return _without(source, _spans(source.text))


def silence_service_lines(source: DocumentSource) -> DocumentSource:
    """Return a document in which those lines are in nobody's turn."""
    return replace(source, service_lines=tuple(_spans(source.text)))


def service_lines_problem(
    lines: Sequence[str], file_name: str, *, removed: bool
) -> tuple[Problem, ...]:
    """Return a Problem that lists the lines and says how to leave them out."""
    if not lines:
        return ()
    listed = "; ".join(lines[:_SHOWN]) + ("; …" if len(lines) > _SHOWN else "")
    if removed:
        message = Message(
            "Left out, because a transcription program wrote it: {lines}", lines=listed
        )
        return (Problem(file_name, message, Message("The original file keeps it.")),)
    message = Message(
        "A transcription program wrote this, and nobody said it: {lines}", lines=listed
    )
    hint = Message("To leave it out of the text, import with: --service-lines remove")
    return (Problem(file_name, message, hint),)


def _is_service_line(line: str) -> bool:
    words = " ".join(line.split()).strip(f"{_SIGNS}()")
    match = _SERVICE.fullmatch(words) if 0 < len(words) <= _LONGEST else None
    return match is not None and (match["name"] is None or is_name(match["name"]))


def _spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of each line that a transcription program wrote."""
    spans: list[tuple[int, int]] = []
    lines = [(s, e, text[s:e].strip(_SIGNS)) for s, e in nonblank_lines(text)]
    lines = [line for line in lines if line[2]]
    for i, (start, end, words) in enumerate(lines):
        before = lines[i - 1][2] if i else ""
        after = lines[i + 1][2] if i + 1 < len(lines) else ""
        is_name = _FILE_NAME.fullmatch(words) is not None and _AUDIO.fullmatch(before) is not None
        is_audio = _AUDIO.fullmatch(words) is not None and _FILE_NAME.fullmatch(after) is not None
        is_title = (
            _TITLE.fullmatch(words) is not None
            and bool(spans)
            and _FILE_NAME.fullmatch(before) is not None
        )
        if is_name or is_audio or is_title or _is_service_line(words):
            spans.append((start, end))
    return spans


def _removed(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what goes with some lines: their line ends, and blank lines at the end of the text."""
    tail, lines = len(text), list(spans)
    while lines and not text[lines[-1][1] : tail].strip():
        tail, _ = lines.pop()
    # With the line end, or an empty line would stay where the line was.
    removed = [(start, end + 1) for start, end in lines]
    if tail < len(text):
        removed.append((len(text[:tail].rstrip("\n")), len(text)))
    return removed


def _without(source: DocumentSource, spans: Sequence[tuple[int, int]]) -> DocumentSource:
    """Return a document without some lines; all positions in it move along."""
    text = source.text
    removed = _removed(text, spans)
    starts = [start for start, _ in removed]
    removed_counts = [0]
    for start, end in removed:
        removed_counts.append(removed_counts[-1] + end - start)

    def move(position: int) -> int:
        place = bisect.bisect_right(starts, position)
        inside = max(0, removed[place - 1][1] - position) if place else 0
        return position - removed_counts[place] + inside

    def move_all(pairs: Sequence[tuple[int, int]]) -> Cells:
        moved = ((move(start), move(end)) for start, end in pairs)
        return tuple((start, end) for start, end in moved if start < end)

    pieces, last = [], 0
    for start, end in removed:
        pieces.append(text[last:start])
        last = end
    pieces.append(text[last:])
    return replace(
        source,
        text="".join(pieces),
        paragraphs=move_all(source.paragraphs),
        tables=tuple(
            tuple(tuple((move(s), move(e)) for s, e in cells) for cells in table)
            for table in source.tables
        ),
        times=tuple((move(position), time) for position, time in source.times),
        headings=move_all(source.headings),
        emphases=move_all(source.emphases),
    )
