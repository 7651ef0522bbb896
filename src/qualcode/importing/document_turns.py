"""Cuts a document into turns: finds the speaker labels, trims each span to the speech."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from qualcode.errors import Problem
from qualcode.importing.emphasis_turns import emphasis_problem, find_emphasized_speakers
from qualcode.importing.label_candidates import (
    LabelCandidate,
    find_label_candidates,
    label_key,
    nonblank_lines,
    read_stamps,
)
from qualcode.importing.label_lines import find_line_candidates
from qualcode.importing.program_layouts import find_program_labels
from qualcode.importing.source import DocumentSource
from qualcode.importing.speaker_columns import find_table_candidates
from qualcode.importing.speaker_labels import (
    SpeakerLabels,
    choose_speaker_labels,
    label_problems,
)
from qualcode.importing.stated_labels import find_stated_keys_of_text
from qualcode.importing.text_encoding import replace_damaged_characters
from qualcode.importing.times import (
    closing_stamp,
    is_stamp,
    is_unmistakable,
    leading_stamp,
    milliseconds,
    stamps_of_layout,
)
from qualcode.importing.turns import (
    ASSUMED_LABELS,
    UNLABELLED_SPEAKER,
    InterviewText,
    no_labels_problem,
)
from qualcode.importing.unlabelled_answers import (
    add_unlabelled_answers,
    unlabelled_answers_problem,
)
from qualcode.messages import Message
from qualcode.model import Role, Span, Turn, trimmed

_LONGEST_STAMP = 80
# Words of a title with date, names and keywords, as Otter writes it; more may be speech.
_LONGEST_TITLE = 60


def assemble_document_text(
    source: DocumentSource, file_name: str, roles: Mapping[str, Role]
) -> InterviewText:
    """Return text and turns of a document; ``roles`` are those that the user gave, by label."""
    text, damage = replace_damaged_characters(source.text, file_name)
    source = replace(source, text=text)
    speaker_labels = find_labels(source, roles)
    problems = source.problems + damage
    if not speaker_labels.candidates:
        in_emphasis = find_emphasized_speakers(source, _paragraphs(source))
        if in_emphasis is None:
            turns, doubts = _unlabelled(source, file_name)
            return InterviewText(text, turns, ASSUMED_LABELS, problems + doubts)
        speaker_labels = in_emphasis
        problems += emphasis_problem(in_emphasis, file_name)
    speaker_labels = add_unlabelled_answers(speaker_labels, _paragraphs(source), roles)
    unspoken = sorted({*source.headings, *source.service_lines})
    cut = _cut_turns(text, speaker_labels, unspoken)
    timed = _with_times(cut, speaker_labels.candidates, source.times)
    stamps = {c.stamp for c in speaker_labels.candidates if c.speech_start == c.stamp_end}
    stamps |= _stamp_lines(text, speaker_labels.candidates)
    doubts = _stamps_problem(stamps, file_name)
    doubts += _words_above(text[: speaker_labels.candidates[0].start], file_name)
    doubts += unlabelled_answers_problem(speaker_labels, file_name)
    doubts += label_problems(speaker_labels, file_name) + _only_one(speaker_labels, file_name)
    return InterviewText(
        text,
        tuple(timed),
        speaker_labels.proposals,
        problems + doubts,
        speaker_labels.corrections,
    )


def find_labels(source: DocumentSource, roles: Mapping[str, Role]) -> SpeakerLabels:
    """Return the labels of a document: those that a program states, or else the usual ones."""
    text = source.text
    in_program = find_program_labels(text)
    named = {label_key(label) for label in roles}
    # A label that the user names counts, wherever it is.
    if in_program is not None and named <= in_program.proposals.keys():
        return in_program
    # The path in "Audiobestand: C:\\..." makes a label of two words that nobody says.
    unspoken_starts = {start for start, _ in source.service_lines}
    candidates = [c for c in _all_heads(source) if c.start not in unspoken_starts]
    line_starts = {start for start, end in nonblank_lines(text) if text[start:end].strip()}
    lines = len(line_starts)
    paragraph_starts = {start for start, _ in _paragraphs(source)}
    speaker_labels = choose_speaker_labels(
        candidates,
        lines=lines,
        user_labels=roles,
        stated_keys=find_stated_keys_of_text(candidates, paragraph_starts, line_starts),
    )
    if len(speaker_labels.proposals) < 2:
        in_lines = choose_speaker_labels(
            find_line_candidates(text, roles, source.emphases),
            lines=lines,
            user_labels=roles,
        )
        if len(in_lines.proposals) > len(speaker_labels.proposals):
            speaker_labels = in_lines
    return replace(speaker_labels, candidates=tuple(read_stamps(speaker_labels.candidates)))


def _all_heads(source: DocumentSource) -> list[LabelCandidate]:
    """Return the label candidates of the lines and of the tables; rows of tables come first."""
    in_tables = find_table_candidates(source.text, source.tables)
    if not in_tables:
        return find_label_candidates(source.text)
    tables = [table for table in source.tables if table]
    areas = [(table[0][0][0], table[-1][-1][1]) for table in tables]
    # A table without a column of speakers is read line by line, like other text.
    covered = [a for a in areas if any(a[0] <= candidate.start <= a[1] for candidate in in_tables)]
    loose = [
        candidate
        for candidate in find_label_candidates(source.text)
        if not any(start <= candidate.start <= end for start, end in covered)
    ]
    return sorted(in_tables + loose, key=lambda candidate: candidate.start)


def _cut_turns(
    text: str, speaker_labels: SpeakerLabels, headings: Sequence[tuple[int, int]]
) -> list[Turn]:
    """Cut the turns; a heading belongs to nobody, and the text after it starts a new turn."""
    turns: list[Turn] = []
    candidates = speaker_labels.candidates
    ends = [*(candidate.start for candidate in candidates[1:]), len(text)]
    time_above = _time_above(text, candidates[0].start)
    silent = _silent(headings, [candidate.start for candidate in candidates])
    stamp_lines = _stamp_lines(text, candidates)
    for candidate, next_start in zip(candidates, ends, strict=True):
        end = next_start if candidate.speech_end is None else min(candidate.speech_end, next_start)
        label = speaker_labels.proposals[candidate.key].label
        label_time = candidate.time_ms
        for start, stop in _between(silent, candidate.speech_start, end):
            span, closing, following = _cut_body(text, start, stop, stamp_lines)
            # The label's own time comes first, then a time above it, then the time that closes the
            # turn.
            time = next((t for t in (label_time, time_above, closing) if t is not None), None)
            # The time of the label holds for the first part only, not for what follows a heading.
            time_above, label_time = following, None
            if span is not None:
                turns.append(Turn(len(turns) + 1, label, span, time))
    return turns


def _silent(headings: Sequence[tuple[int, int]], labels: Sequence[int]) -> list[tuple[int, int]]:
    """Return the headings that hold no label: some transcripts have their speech in headings."""

    def holds_label(start: int, end: int) -> bool:
        place = bisect.bisect_left(labels, start)
        return place < len(labels) and labels[place] < end

    return [heading for heading in headings if not holds_label(*heading)]


def _between(silent: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of ``[start, end)`` around the headings in it."""
    first = bisect.bisect_left(silent, (start, start))
    for from_, to in silent[first:]:
        if from_ >= end:
            break
        yield start, from_
        start = to
    yield start, end


def _time_above(text: str, start: int) -> int | None:
    """Return the time on the line above ``start`` if that line holds nothing else, or None."""
    above = text[max(0, start - _LONGEST_STAMP) : start].rstrip().rpartition("\n")[2]
    return milliseconds(above) if is_stamp(above) else None


def _stamp_lines(text: str, candidates: Sequence[LabelCandidate]) -> frozenset[str]:
    """Return the lines that hold the time of the next turn, and not a time that somebody says."""
    lines = _lines_of_time(text)
    if sum(candidate.time_ms is not None for candidate in candidates) * 2 > len(candidates):
        # The labels have their times, so that "10:30" below one of them is the answer.
        return frozenset(filter(is_unmistakable, lines))
    return stamps_of_layout(lines, len(candidates))


def _lines_of_time(text: str) -> list[str]:
    lines = (text[start:end].strip() for start, end in nonblank_lines(text))
    return [line for line in lines if is_stamp(line)]


def _cut_body(
    text: str, start: int, end: int, stamp_lines: Collection[str]
) -> tuple[Span | None, int | None, int | None]:
    """Trim ``[start, end)`` to the speech in it; ``stamp_lines`` are lines with a time only.

    Returns:
        The span (None if nothing is said), the time that closes the turn, and the time on a
        separate line after it, which belongs to the next turn.
    """
    span = trimmed(text, start, end)
    following = None
    if span is not None:
        line = text.rfind("\n", 0, span.end) + 1
        last = text[line : span.end].strip()
        # A stamp such as #00:01:23-4# closes the turn before it; any other opens the next one.
        if last in stamp_lines and not last.startswith("#"):
            following = milliseconds(last)
            span = trimmed(text, span.start, line) if line > span.start else None
    if span is None:
        return None, None, following
    stop, closing = closing_stamp(text, span.start, span.end)
    return trimmed(text, span.start, stop), closing, following


def _with_times(
    turns: Sequence[Turn], candidates: Sequence[LabelCandidate], times: Sequence[tuple[int, int]]
) -> list[Turn]:
    """Give each turn without a time the first known time at or after its label."""
    if not times:
        return list(turns)
    starts = [candidate.start for candidate in candidates]
    positions = [position for position, _ in times]
    timed = []
    for turn in turns:
        candidate = candidates[bisect.bisect_right(starts, turn.span.start) - 1]
        i = bisect.bisect_left(positions, candidate.start)
        is_known = i < len(times) and positions[i] < turn.span.end
        is_timed = turn.time_ms is None and is_known
        timed.append(replace(turn, time_ms=times[i][1]) if is_timed else turn)
    return timed


def _unlabelled(
    source: DocumentSource, file_name: str
) -> tuple[tuple[Turn, ...], tuple[Problem, ...]]:
    turns: list[Turn] = []
    text = source.text
    blocks = _paragraphs(source)
    stamps = [leading_stamp(text, start, end) for start, end in blocks]
    # A bare "10:30" at the start of a paragraph is how diaries begin their entries.
    accepted = stamps_of_layout(
        [s for s, _ in stamps if s and (s[0] == "(" or is_unmistakable(s))], len(blocks)
    )
    stamp_lines = stamps_of_layout(_lines_of_time(text), len(blocks))
    dash = _dash_after(text, [after for stamp, after in stamps if stamp in accepted])
    for (start, end), (stamp, after_stamp) in zip(blocks, stamps, strict=True):
        is_timed = stamp in accepted
        first = after_stamp + dash if is_timed else start
        for from_, to in _between(source.service_lines, first, end):
            span, closing, _ = _cut_body(text, from_, to, stamp_lines)
            if span is not None:
                time = milliseconds(stamp) if is_timed else closing
                turns.append(Turn(len(turns) + 1, UNLABELLED_SPEAKER, span, time))
    doubts = _stamps_problem(accepted | stamp_lines, file_name)
    return tuple(turns), (no_labels_problem(file_name), *doubts)


def _dash_after(text: str, places: Sequence[int]) -> int:
    """Return the length of the dash between time and words, where all of them have one."""
    is_layout = len(places) > 1 and all(text.startswith("- ", place) for place in places)
    return len("- ") if is_layout else 0


def _words_above(text: str, file_name: str) -> tuple[Problem, ...]:
    """Report a text above the first label that is longer than a title."""
    count = len(text.split())
    if count <= _LONGEST_TITLE:
        return ()
    message = Message("{count} words above the first speaker label are in no turn.", count=count)
    return (Problem(file_name, message, Message("Put a label before them if they are speech.")),)


def _stamps_problem(stamps: Iterable[str], file_name: str) -> tuple[Problem, ...]:
    """Report times in a form in which people also write the time of day."""
    doubtful = sorted(stamp for stamp in stamps if stamp and not is_unmistakable(stamp))
    if not doubtful:
        return ()
    message = Message("Read as time stamps, not as speech: {stamps}.", stamps=", ".join(doubtful))
    hint = Message("If they are speech, write the words of each turn before them.")
    return (Problem(file_name, message, hint),)


def _paragraphs(source: DocumentSource) -> Sequence[tuple[int, int]]:
    """Return the paragraphs of a document that are not blank."""
    written = [(start, end) for start, end in source.paragraphs if source.text[start:end].strip()]
    return written or _blocks(source.text)


def _blocks(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs of plain text: divided by blank lines, or else by line ends."""
    lines = [(s, e) for s, e in nonblank_lines(text) if not text[s:e].isspace()]
    if not lines:
        return []
    # Lines that touch are one wrapped paragraph, but only if blank lines occur at all.
    blocks = [lines[0]]
    for start, end in lines[1:]:
        stamp, _ = leading_stamp(text, start, end)
        is_timed = stamp != "" and is_unmistakable(stamp)
        if start == blocks[-1][1] + 1 and not is_timed:
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
    return blocks if len(blocks) > 1 else lines


def _only_one(speaker_labels: SpeakerLabels, file_name: str) -> tuple[Problem, ...]:
    if len(speaker_labels.proposals) != 1:
        return ()
    label = next(iter(speaker_labels.proposals.values())).label
    message = Message(
        "'{label}' is the only speaker label; what follows it is taken as said by '{label}'.",
        label=label,
    )
    return (Problem(file_name, message, "If others speak, too, put a label before their turns."),)
