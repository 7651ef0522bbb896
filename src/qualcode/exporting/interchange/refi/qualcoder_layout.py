"""What QualCoder's importer reads, where that is less than the standard allows.

After its published source (``refi.py``, versions 2 to 4). Names of codes must differ, or codings of
the second one have no code. A code that refers to a note is dropped. A case gets its passages from
codings that name its GUID as their code; references to sources are not read. Notes are read from a
file, each under its own name and with a date, and a passage without a coding is an annotation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from qualcode.model import Codebook, ExchangeProject, Memo, MemoTarget, Span


@dataclass(frozen=True, slots=True)
class QualcoderLayout:
    """The words that QualCoder shows, and the passages of cases.

    Attributes:
        code_names: A name by path of the code; no two are equal.
        case_names: A name for the code of a case, by the name of the case.
        texts: Memos as one text, by kind and target; of a coding after its own note.
        annotations: By transcript: span, memo.
        case_passages: By transcript: name of the case, span.
    """

    code_names: Mapping[str, str]
    case_names: Mapping[str, str]
    texts: Mapping[tuple[MemoTarget, str], str]
    annotations: Mapping[str, tuple[tuple[Span, Memo], ...]]
    case_passages: Mapping[str, tuple[tuple[str, Span], ...]]

    def text(self, kind: MemoTarget, target: str, own: str = "") -> str:
        """Return what QualCoder shows as the memo of something: its own words and the memos."""
        return "\n\n".join(part for part in (own, self.texts.get((kind, target), "")) if part)


def qualcoder_layout(project: ExchangeProject) -> QualcoderLayout:
    """Return what QualCoder needs besides the standard."""
    texts: dict[tuple[MemoTarget, str], str] = {}
    for memo in project.memos:
        key = (memo.target_kind, memo.target)
        texts[key] = "\n\n".join(part for part in (texts.get(key, ""), signed(memo)) if part)
    code_names = _code_names(project.codebook) if project.codebook else {}
    # cases become codes there too, and no two codes may have one name
    used_names = set(code_names.values())
    case_names: dict[str, str] = {}
    for case in project.cases:
        case_names[case.name] = free_name(case.name, used_names)
        used_names.add(case_names[case.name])
    return QualcoderLayout(
        code_names, case_names, texts, _annotations(project), _case_passages(project)
    )


def signed(memo: Memo) -> str:
    """Return the words of a memo with its author."""
    return f"{memo.text} ({memo.author})" if memo.author else memo.text


def free_name(name: str, used: Collection[str]) -> str:
    """Return a name that is not in use: the name itself, or with a number behind it."""
    free, number = name, 1
    while free in used:
        number += 1
        free = f"{name} ({number})"
    return free


def _code_names(book: Codebook) -> dict[str, str]:
    names: dict[str, str] = {}
    used: set[str] = set()
    for code in book.codes:
        label = code.label.get(book.language, "")
        name = label if label.strip() else code.name
        # A person sees from the code above which of two equal names is meant.
        if name in used and code.parent:
            name = f"{name} ({names[code.parent]})"
        names[code.path] = free_name(name, used)
        used.add(names[code.path])
    return names


def _annotations(project: ExchangeProject) -> dict[str, tuple[tuple[Span, Memo], ...]]:
    turns = {
        f"{source.transcript.name}#{turn.number}": (source.transcript.name, turn.span)
        for source in project.sources
        for turn in source.transcript.turns
    }
    annotations: dict[str, tuple[tuple[Span, Memo], ...]] = {}
    for memo in project.memos:
        if memo.target_kind is MemoTarget.TURN and memo.target in turns:
            name, span = turns[memo.target]
            annotations[name] = (*annotations.get(name, ()), (span, memo))
    return annotations


def _case_passages(project: ExchangeProject) -> dict[str, tuple[tuple[str, Span], ...]]:
    transcripts = {source.transcript.name: source.transcript for source in project.sources}
    passages: dict[str, tuple[tuple[str, Span], ...]] = {}
    for case in project.cases:
        for part in case.participations:
            transcript = transcripts.get(part.transcript)
            if transcript is None or not transcript.text:
                continue
            spans: Iterable[Span] = [
                turn.span for turn in transcript.turns if turn.speaker in part.speakers
            ]
            if not part.speakers:
                spans = [Span(0, len(transcript.text))]
            case_spans = tuple((case.name, span) for span in spans)
            passages[transcript.name] = (*passages.get(transcript.name, ()), *case_spans)
    return passages
