"""Makes a text of the utterances of captions and tables: a line per turn."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from qualcode.errors import Problem
from qualcode.importing.label_candidates import (
    find_cue_candidates,
    find_label_candidates,
    label_key,
)
from qualcode.importing.label_typos import (
    LabelCorrection,
    corrections_problem,
    find_corrections,
)
from qualcode.importing.source import Utterance, UtteranceSource
from qualcode.importing.speaker_labels import (
    LabelProposal,
    SpeakerLabels,
    choose_speaker_labels,
    is_common_label,
    is_name,
    label_problems,
)
from qualcode.importing.stated_labels import find_stated_keys
from qualcode.importing.text_encoding import replace_damaged_characters, unify_line_ends
from qualcode.importing.times import is_stamp, is_unmistakable, milliseconds
from qualcode.importing.turns import (
    ASSUMED_LABELS,
    UNLABELLED_SPEAKER,
    InterviewText,
    no_labels_problem,
)
from qualcode.messages import Message
from qualcode.model import Role, Span, Turn

UNKNOWN = "Onbekend"
# Programs round the time of a caption to whole seconds.
_SAME_TIME_MS = 1500
_LABEL_CUE = re.compile(r"(?P<label>[^\W\d_][\w .'-]{0,40}):")
_FEWEST_LABEL_CUES = 2


def assemble_utterance_text(
    source: UtteranceSource, file_name: str, roles: Mapping[str, Role]
) -> InterviewText:
    """Return text and turns of utterances; ``roles`` are those that the user gave, by label."""
    problems = list(source.problems)
    utterances = list(_cleaned(source.utterances, file_name, problems))
    labels: dict[str, LabelProposal] = {}
    corrections: tuple[LabelCorrection, ...] = ()
    if not any(utterance.speaker for utterance in utterances):
        utterances, speaker_labels = _labelled_within(utterances, roles)
        labels, corrections = speaker_labels.proposals, speaker_labels.corrections
        problems.extend(label_problems(speaker_labels, file_name))
    else:
        utterances = list(_with_labels_in_cues(utterances))
        utterances, corrections = _corrected(utterances, roles)
        problems.extend(corrections_problem(corrections, file_name))
    if not utterances:
        return InterviewText("", ())
    is_labelled = any(utterance.speaker for utterance in utterances)
    if not is_labelled:
        problems.append(no_labels_problem(file_name))
        labels = ASSUMED_LABELS
        utterances = [replace(utterance, speaker=UNLABELLED_SPEAKER) for utterance in utterances]
    # Later ones take the speaker before them; the first one has nobody to take.
    if not utterances[0].speaker:
        utterances[0] = replace(utterances[0], speaker=UNKNOWN)
        problems.append(_starts_unlabelled(file_name))
    text, turns = _join(_continued(utterances), joins=source.joins and is_labelled)
    return InterviewText(text, tuple(turns), labels, tuple(problems), corrections)


def _starts_unlabelled(file_name: str) -> Problem:
    message = Message(
        "What is said before the first speaker label was given to '{unknown}'.", unknown=UNKNOWN
    )
    return Problem(file_name, message, "Add the label of who speaks there.")


def _cleaned(
    utterances: Iterable[Utterance], file_name: str, problems: list[Problem]
) -> Iterable[Utterance]:
    for utterance in utterances:
        text, damage = replace_damaged_characters(
            unify_line_ends(utterance.text).strip(), file_name
        )
        problems.extend(damage)
        text = text.removeprefix("\ufeff")
        if text:
            label = " ".join((utterance.speaker or "").split())
            yield Utterance(label or None, text, utterance.time_ms)


def _labelled_within(
    utterances: list[Utterance], user_labels: Collection[str]
) -> tuple[list[Utterance], SpeakerLabels]:
    """Find labels within the captions (``Anna: text``), as Zoom and WhisperX write them."""
    starts: dict[int, int] = {}
    position = 0
    # One line per utterance, so that the start of a line leads back to its utterance.
    flat = [utterance.text.replace("\n", " ") for utterance in utterances]
    for i, line in enumerate(flat):
        starts[position] = i
        position += len(line) + 1
    candidates = find_cue_candidates(flat) or find_label_candidates("\n".join(flat))
    speaker_labels = choose_speaker_labels(
        candidates,
        lines=len(flat),
        user_labels=user_labels,
        stated_keys=find_stated_keys(candidates, len(flat)),
    )
    labelled = list(utterances)
    for candidate in speaker_labels.candidates:
        i = starts[candidate.start]
        label = speaker_labels.proposals[candidate.key].label
        is_time = _is_time_of_cue(candidate.stamp, utterances[i])
        speech_start = candidate.stamp_end if is_time else candidate.speech_start
        words = utterances[i].text[speech_start - candidate.start :].strip()
        labelled[i] = Utterance(label, words, utterances[i].time_ms)
    return labelled, speaker_labels


def _with_labels_in_cues(utterances: Sequence[Utterance]) -> Iterable[Utterance]:
    """Give voices the names that stand in cues of their own, as noScribe's editor writes them.

    A cue "Interviewer:" names the voice until the voice changes; a cue that repeats its time as
    "[00:01:16]" holds no speech.
    """
    labels = [_label_alone(*pair) for pair in zip_longest(utterances, utterances[1:])]
    if sum(label is not None for label in labels) < _FEWEST_LABEL_CUES:
        yield from utterances
        return
    voice: str | None = None
    name: str | None = None
    for utterance, label in zip(utterances, labels, strict=True):
        if utterance.speaker != voice:
            voice, name = utterance.speaker, None
        if label is not None:
            name = label
        elif not (is_stamp(utterance.text) and _is_time_of_cue(utterance.text, utterance)):
            yield replace(utterance, speaker=name or utterance.speaker)


def _label_alone(utterance: Utterance, following: Utterance | None) -> str | None:
    """Return the label that a cue holds, where the words are in another cue of the same time."""
    match = _LABEL_CUE.fullmatch(utterance.text)
    if match is None or following is None:
        return None
    is_one_cue = (utterance.speaker, utterance.time_ms) == (following.speaker, following.time_ms)
    is_label = is_common_label(match["label"]) or is_name(match["label"])
    return match["label"] if is_one_cue and is_label else None


def _corrected(
    utterances: Sequence[Utterance], user_labels: Collection[str]
) -> tuple[list[Utterance], tuple[LabelCorrection, ...]]:
    """Give utterances the label that theirs is one letter off; return what was corrected, too."""
    user_keys = {label_key(label) for label in user_labels}
    labels = (utterance.speaker for utterance in utterances if utterance.speaker)
    corrections = find_corrections(labels, user_keys)
    corrected = []
    for utterance in utterances:
        correction = corrections.get(label_key(utterance.speaker or ""))
        corrected.append(replace(utterance, speaker=correction.label) if correction else utterance)
    return corrected, tuple(corrections.values())


def _is_time_of_cue(stamp: str, utterance: Utterance) -> bool:
    """Tell whether a stamp after the label repeats the time of its caption."""
    time = milliseconds(stamp)
    if time is None or utterance.time_ms is None:
        return bool(stamp) and is_unmistakable(stamp)
    return abs(time - utterance.time_ms) <= _SAME_TIME_MS


def _continued(utterances: Iterable[Utterance]) -> Iterable[Utterance]:
    """Give an utterance without a label the speaker of the previous one."""
    speaker: str | None = None
    for utterance in utterances:
        speaker = utterance.speaker or speaker
        yield replace(utterance, speaker=speaker)


def _join(utterances: Iterable[Utterance], *, joins: bool) -> tuple[str, list[Turn]]:
    """Make the text: a line per turn."""
    speeches: list[tuple[str, list[str], int | None]] = []
    for utterance in utterances:
        speaker = utterance.speaker or UNKNOWN
        # Captions cut a speech every few seconds; as turns they would be too short to code.
        if joins and speeches and label_key(speeches[-1][0]) == label_key(speaker):
            speeches[-1][1].append(utterance.text)
        else:
            speeches.append((speaker, [utterance.text], utterance.time_ms))
    turns: list[Turn] = []
    pieces: list[str] = []
    position = 0
    for speaker, words, time in speeches:
        piece = " ".join(word for word in words if word)
        if piece:
            turns.append(Turn(len(turns) + 1, speaker, Span(position, position + len(piece)), time))
            pieces.append(piece)
            position += len(piece) + 1
    return "\n".join(pieces), turns
