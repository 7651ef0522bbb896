"""Utterances of captions and tables made into a text: a line per turn."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from qualcode.errors import Problem
from qualcode.importing.label_candidates import find_heads, label_key
from qualcode.importing.source import Spoken, Utterance
from qualcode.importing.speaker_labels import LabelProposal, choose_labels
from qualcode.importing.text_encoding import replace_unsound, unify_line_ends
from qualcode.importing.turns import ASSUMED, UNLABELLED, Assembled, no_labels
from qualcode.model import Span, Turn

UNKNOWN = "Onbekend"


def assemble_spoken(source: Spoken, file_name: str, wanted: Collection[str]) -> Assembled:
    """Return text and turns of utterances; ``wanted`` are labels that the user named."""
    problems = list(source.problems)
    utterances = list(_cleaned(source.utterances, file_name, problems))
    labels: dict[str, LabelProposal] = {}
    if not any(utterance.speaker for utterance in utterances):
        utterances, labels = _labelled_within(utterances, wanted)
    if not utterances:
        return Assembled("", ())
    is_labelled = any(utterance.speaker for utterance in utterances)
    if not is_labelled:
        problems.append(no_labels(file_name))
        labels = ASSUMED
        utterances = [replace(utterance, speaker=UNLABELLED) for utterance in utterances]
    if not utterances[0].speaker:
        utterances[0] = replace(utterances[0], speaker=UNKNOWN)
        problems.append(_starts_unlabelled(file_name))
    text, turns = _join(_continued(utterances), joins=source.joins and is_labelled)
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
