"""A source made into a text with turns: labels found, spans cut to what was said."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from qualcode.errors import Problem
from qualcode.importing.decoding import replace_unsound, unify_line_ends
from qualcode.importing.grids import heads_of_tables
from qualcode.importing.heads import Head, find_heads, label_key, lines_of
from qualcode.importing.labels import Labelling, LabelProposal, choose_labels, is_usual
from qualcode.importing.source import Spoken, Utterance, Written
from qualcode.importing.times import closing_stamp, is_stamp, leading_stamp, milliseconds
from qualcode.model import Span, Turn, trimmed

UNLABELLED = "R"
UNKNOWN = "Onbekend"
_MENTIONED = 3
_ASSUMED = {label_key(UNLABELLED): LabelProposal(UNLABELLED, 0.3, "the text has no labels")}
_LONGEST_STAMP = 80


@dataclass(frozen=True, slots=True)
class Assembled:
    """A frozen text with its turns.

    Attributes:
        text: The text.
        turns: In order.
        labels: How sure each speaker label is, by :func:`label_key`.
        problems: What was odd.
    """

    text: str
    turns: tuple[Turn, ...]
    labels: dict[str, LabelProposal] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def assemble(source: Written | Spoken, file_name: str, wanted: Collection[str]) -> Assembled:
    """Return text and turns of a source; ``wanted`` are labels that the user named."""
    if isinstance(source, Written):
        return _assemble_written(source, file_name, wanted)
    return _assemble_spoken(source, file_name, wanted)


def _assemble_written(source: Written, file_name: str, wanted: Collection[str]) -> Assembled:
    text, damage = replace_unsound(source.text, file_name)
    source = replace(source, text=text)
    heads = _all_heads(source)
    lines = sum(1 for _ in lines_of(text))
    labelling = choose_labels(heads, lines=lines, wanted=wanted)
    problems = source.problems + damage
    if not labelling.heads:
        turns, doubt = _unlabelled(source, file_name)
        return Assembled(text, turns, _ASSUMED, (*problems, doubt))
    cut = _cut_turns(text, labelling)
    timed = _with_times(cut, labelling.heads, source.times)
    doubts = _passed_over(labelling, file_name) + _only_one(labelling, file_name)
    return Assembled(text, tuple(timed), labelling.proposals, problems + doubts)


def _all_heads(source: Written) -> list[Head]:
    """Return the candidates of the lines and of the tables; a table's own rows come first."""
    in_tables = heads_of_tables(source.text, source.tables)
    if not in_tables:
        return find_heads(source.text)
    tables = [table for table in source.tables if table]
    areas = [(table[0][0][0], table[-1][-1][1]) for table in tables]
    covered = [a for a in areas if any(a[0] <= head.start <= a[1] for head in in_tables)]
    loose = [
        head
        for head in find_heads(source.text)
        if not any(start <= head.start <= end for start, end in covered)
    ]
    return sorted(in_tables + loose, key=lambda head: head.start)


def _cut_turns(text: str, labelling: Labelling) -> list[Turn]:
    turns: list[Turn] = []
    heads = labelling.heads
    ends = [*(head.start for head in heads[1:]), len(text)]
    carried = _time_above(text, heads[0].start)
    for head, next_start in zip(heads, ends, strict=True):
        end = next_start if head.body_end is None else min(head.body_end, next_start)
        span, closing, following = _cut_body(text, head.body, end)
        time = next((t for t in (head.time_ms, carried, closing) if t is not None), None)
        carried = following
        if span is not None:
            label = labelling.proposals[head.key].label
            turns.append(Turn(len(turns) + 1, label, span, time))
    return turns


def _time_above(text: str, start: int) -> int | None:
    """Return the time that stands alone on the line above ``start``, or None."""
    above = text[max(0, start - _LONGEST_STAMP) : start].rstrip().rpartition("\n")[2]
    return milliseconds(above) if is_stamp(above) else None


def _cut_body(text: str, start: int, end: int) -> tuple[Span | None, int | None, int | None]:
    """Cut what was said out of ``[start, end)``.

    Returns:
        The span (None where nothing was said), the time that closes the turn, and the time on
        a line of its own after it, which belongs to the next turn.
    """
    span = trimmed(text, start, end)
    following = None
    if span is not None:
        line = text.rfind("\n", span.start, span.end) + 1 or span.start
        last = text[line : span.end]
        if is_stamp(last) and not last.strip().startswith("#"):
            following = milliseconds(last)
            span = trimmed(text, span.start, line)
    if span is None:
        return None, None, following
    stop, closing = closing_stamp(text, span.start, span.end)
    return trimmed(text, span.start, stop), closing, following


def _with_times(
    turns: Sequence[Turn], heads: Sequence[Head], times: Sequence[tuple[int, int]]
) -> list[Turn]:
    """Give turns without a time the first known time at or after their label."""
    if not times:
        return list(turns)
    starts = [head.start for head in heads]
    positions = [position for position, _ in times]
    timed = []
    for turn in turns:
        head = heads[bisect.bisect_right(starts, turn.span.start) - 1]
        i = bisect.bisect_left(positions, head.start)
        if turn.time_ms is None and i < len(times) and positions[i] < turn.span.end:
            turn = replace(turn, time_ms=times[i][1])  # noqa: PLW2901  # the same turn, timed
        timed.append(turn)
    return timed


def _unlabelled(source: Written, file_name: str) -> tuple[tuple[Turn, ...], Problem]:
    turns: list[Turn] = []
    for start, end in source.paragraphs or _blocks(source.text):
        begin, time = leading_stamp(source.text, start, end)
        span, closing, _ = _cut_body(source.text, begin, end)
        if span is not None:
            time = closing if time is None else time
            turns.append(Turn(len(turns) + 1, UNLABELLED, span, time))
    return tuple(turns), _no_labels(file_name)


def _no_labels(file_name: str) -> Problem:
    return Problem(
        file_name,
        f"No speaker labels were found; all of it is taken as speech of '{UNLABELLED}', "
        "a respondent.",
        "Put a label such as 'I:' or 'R:' before each turn to tell speakers apart.",
    )


def _blocks(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs of plain text: divided by blank lines, or else by line ends."""
    lines = [(s, e) for s, e in lines_of(text) if not text[s:e].isspace()]
    if not lines:
        return []
    blocks = [lines[0]]
    for start, end in lines[1:]:
        if start == blocks[-1][1] + 1:
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
    return blocks if len(blocks) > 1 else lines


def _passed_over(labelling: Labelling, file_name: str) -> tuple[Problem, ...]:
    """Mention words that recur at line starts like a label but were not taken for one."""
    likely = [
        (label, count)
        for label, count in labelling.rejected.most_common()
        if is_usual(label) or (count >= _MENTIONED and _could_be_name(label))
    ]
    if not likely:
        return ()
    names = ", ".join(
        f"'{label}' ({'once' if count == 1 else f'{count} times'})" for label, count in likely[:5]
    )
    return (
        Problem(
            file_name,
            f"Not taken for a speaker: {names}.",
            "If one is, name it with its role when importing.",
        ),
    )


def _could_be_name(label: str) -> bool:
    return len(label.split()) <= 2 and label[0].isupper()


def _only_one(labelling: Labelling, file_name: str) -> tuple[Problem, ...]:
    if len(labelling.proposals) != 1:
        return ()
    label = next(iter(labelling.proposals.values())).label
    message = f"'{label}' is the only speaker label; what follows it is taken as said by '{label}'."
    return (Problem(file_name, message, "If others speak, too, put a label before their turns."),)


def _assemble_spoken(source: Spoken, file_name: str, wanted: Collection[str]) -> Assembled:
    problems = list(source.problems)
    utterances = list(_cleaned(source.utterances, file_name, problems))
    labels: dict[str, LabelProposal] = {}
    if source.joins and not any(utterance.speaker for utterance in utterances):
        utterances, labels = _labelled_within(utterances, wanted)
    if not utterances:
        return Assembled("", ())
    if not any(utterance.speaker for utterance in utterances):
        problems.append(_no_labels(file_name))
        labels = _ASSUMED
        utterances = [replace(utterance, speaker=UNLABELLED) for utterance in utterances]
        joins = False
    else:
        joins = source.joins
    if not utterances[0].speaker:
        utterances[0] = replace(utterances[0], speaker=UNKNOWN)
        problems.append(_starts_unlabelled(file_name))
    text, turns = _join(_continued(utterances), joins=joins)
    return Assembled(text, tuple(turns), labels, tuple(problems))


def _starts_unlabelled(file_name: str) -> Problem:
    message = f"What is said before the first speaker label was given to '{UNKNOWN}'."
    return Problem(file_name, message, "Add the label of who speaks there.")


def _cleaned(
    utterances: Iterable[Utterance], file_name: str, problems: list[Problem]
) -> Iterable[Utterance]:
    for utterance in utterances:
        text, damage = replace_unsound(unify_line_ends(utterance.text).strip(), file_name)
        problems.extend(damage)
        text = text.removeprefix("\ufeff")
        if text:
            label = " ".join((utterance.speaker or "").split())
            yield Utterance(label or None, text, utterance.time_ms)


def _labelled_within(
    utterances: list[Utterance], wanted: Collection[str]
) -> tuple[list[Utterance], dict[str, LabelProposal]]:
    """Take labels from the words of captions (``Anna: text``), as Zoom and WhisperX write."""
    starts: dict[int, int] = {}
    position = 0
    flat = [utterance.text.replace("\n", " ") for utterance in utterances]
    for i, line in enumerate(flat):
        starts[position] = i
        position += len(line) + 1
    labelling = choose_labels(find_heads("\n".join(flat)), lines=len(flat), wanted=wanted)
    labelled = list(utterances)
    for head in labelling.heads:
        i = starts[head.start]
        words = utterances[i].text[head.body - head.start :].strip()
        label = labelling.proposals[head.key].label
        labelled[i] = Utterance(label, words, utterances[i].time_ms)
    return labelled, labelling.proposals


def _continued(utterances: Iterable[Utterance]) -> Iterable[Utterance]:
    """Give an utterance without a label that of the one before it."""
    speaker: str | None = None
    for utterance in utterances:
        speaker = utterance.speaker or speaker
        yield replace(utterance, speaker=speaker)


def _join(utterances: Iterable[Utterance], *, joins: bool) -> tuple[str, list[Turn]]:
    """Make the text: a line per turn."""
    said: list[tuple[str, list[str], int | None]] = []
    for utterance in utterances:
        speaker = utterance.speaker or UNKNOWN
        if joins and said and label_key(said[-1][0]) == label_key(speaker):
            said[-1][1].append(utterance.text)
        else:
            said.append((speaker, [utterance.text], utterance.time_ms))
    turns: list[Turn] = []
    pieces: list[str] = []
    position = 0
    for speaker, words, time in said:
        piece = " ".join(word for word in words if word)
        if piece:
            turns.append(Turn(len(turns) + 1, speaker, Span(position, position + len(piece)), time))
            pieces.append(piece)
            position += len(piece) + 1
    return "\n".join(pieces), turns
