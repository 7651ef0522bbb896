"""After an import: what came in, what did not, what is only proposed, and what comes next.

What imports of other programs left out is kept in the project when they happen; everything else
follows from the project as it is, so that a task disappears once it is done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.errors import QualcodeError
from qualcode.messages import Message
from qualcode.model import (
    CONSENSUS,
    ExchangeProject,
    Loss,
    LossKind,
    SegmentKind,
    language_name,
)
from qualcode.project.languages import list_languages
from qualcode.project.layers import FINAL
from qualcode.speech import Speech

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot

IMPORTS = "imports"
"""Setting that keeps what each import of another program's file took over and what not."""
SURE_SCORE = 0.98
"""Share of selections that should fit; with fewer, positions may be a letter or a line off."""


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file of another program that was imported.

    Attributes:
        file: Its name.
        origin: The program that wrote it; ``""`` if unknown.
        losses: What was taken, changed and not taken.
        positions: How its positions were read; ``""`` without any.
        score: Share of its selections that fit that; None without any.
    """

    file: str
    origin: str
    losses: tuple[Loss, ...]
    positions: str
    score: float | None


@dataclass(frozen=True, slots=True)
class ImportTask:
    """Something that is only proposed, or missing, and that a person settles.

    Attributes:
        kind: ``speakers``, ``languages``, ``units``, ``participants``, ``groups``, ``coders`` or
            ``positions``.
        message: What it is, in a sentence.
        command: What settles it; ``""`` where no command does.
    """

    kind: str
    message: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step of the analysis.

    Attributes:
        name: ``agreement``, ``themes`` or ``quotes``.
        ready: Whether it can be done now.
        message: Why not, or what it gives.
        command: What does it, or what must be done before.
    """

    name: str
    ready: bool
    message: str
    command: str


@dataclass(frozen=True, slots=True)
class ImportReview:
    """What a project holds after imports, and what to do with it.

    Attributes:
        counts: What is in the project now, and how much of it.
        files: The files of other programs, in the order of import.
        tasks: What to confirm or add, the most urgent first.
        steps: Agreement, themes and quotes.
    """

    counts: tuple[tuple[str, int], ...]
    files: tuple[ImportedFile, ...]
    tasks: tuple[ImportTask, ...]
    steps: tuple[NextStep, ...]


def review_import(project: Project) -> ImportReview:
    """Return what came into a project, what did not, what to confirm, and what comes next.

    In an open blind round it counts only what the acting coder may see.
    """
    with project.snapshot() as snapshot:
        files = tuple(
            _imported_file(packed)
            for packed in snapshot.setting(IMPORTS, [])
            # An import that was undone left none of its texts.
            if not packed["sources"] or any(name in snapshot.texts for name in packed["sources"])
        )
        return ImportReview(
            tuple(_counts(snapshot)),
            files,
            tuple(_tasks(project, snapshot, files)),
            tuple(_steps(project, snapshot)),
        )


# --- kept at the import -------------------------------------------------------------------------


def packed_import(file: str, read: ExchangeProject) -> dict[str, Any]:
    """Return what an import took over and what not, as JSON holds it."""
    from qualcode.storage.message_codec import pack_message

    return {
        "file": file,
        "origin": read.origin,
        "sources": [source.transcript.name for source in read.sources],
        "positions": pack_message(str(read.convention)) if read.convention else "",
        "score": read.score,
        "losses": [
            [loss.kind.value, loss.item, loss.count, pack_message(loss.message)]
            for loss in read.losses
        ],
    }


def _imported_file(packed: dict[str, Any]) -> ImportedFile:
    from qualcode.storage.message_codec import unpack_message

    losses = (
        Loss(LossKind(kind), item, count, unpack_message(message))
        for kind, item, count, message in packed["losses"]
    )
    positions = unpack_message(packed["positions"])
    return ImportedFile(packed["file"], packed["origin"], tuple(losses), positions, packed["score"])


# --- what is there ------------------------------------------------------------------------------


def _counts(snapshot: Snapshot) -> Iterator[tuple[str, int]]:
    codebook = snapshot.find_codebook()
    codings = snapshot.codings
    yield Message("interviews"), len(snapshot.transcripts)
    yield Message("turns"), sum(len(transcript.turns) for transcript in snapshot.transcripts)
    yield Message("respondents"), len(snapshot.cases)
    yield Message("codes"), len(codebook.active) if codebook else 0
    by_coder = Counter(coding.coder for coding in codings)
    yield Message("codings"), len(codings)
    for coder, count in by_coder.items() if len(by_coder) > 1 else ():
        yield Message("codings by {coder}", coder=coder), count
    yield Message("memos"), len(snapshot.memos)
    yield Message("topic guides"), len(snapshot.guides)


# --- what to confirm or add ---------------------------------------------------------------------


def _tasks(
    project: Project, snapshot: Snapshot, files: Sequence[ImportedFile]
) -> Iterator[ImportTask]:
    yield from _speaker_tasks(snapshot)
    yield from _language_tasks(project)
    yield from _participant_tasks(snapshot)
    yield from _group_tasks(snapshot)
    yield from _coder_tasks(snapshot)
    yield from _position_tasks(files)
    unsegmented = [t.name for t in snapshot.transcripts if not _is_cut(snapshot, t.name)]
    if unsegmented:
        message = Message.counted(
            "{count} interview is not divided into sentences and answers yet: {names}.",
            "{count} interviews are not divided into sentences and answers yet: {names}.",
            len(unsegmented),
            names=_some(unsegmented),
        )
        yield ImportTask("units", message, "qualcode segment")


def _is_cut(snapshot: Snapshot, name: str) -> bool:
    return bool(snapshot.segments(SegmentKind.TURN, name))


def _speaker_tasks(snapshot: Snapshot) -> Iterator[ImportTask]:
    proposed = [
        transcript.name
        for transcript in snapshot.transcripts
        if not all(speaker.confirmed for speaker in transcript.speakers)
    ]
    if proposed:
        message = Message.counted(
            "Nobody confirmed who is interviewer and who respondent in {count} interview: {names}.",
            "Nobody confirmed who is interviewer and who respondent in {count} interviews: "
            "{names}.",
            len(proposed),
            names=_some(proposed),
        )
        yield ImportTask("speakers", message, "qualcode speakers --confirm")


def _language_tasks(project: Project) -> Iterator[ImportTask]:
    listed = list_languages(project)
    doubtful = [row.transcript for row in listed if row.is_doubtful]
    if doubtful:
        message = Message.counted(
            "{count} interview seems to be in another language: {names}.",
            "{count} interviews seem to be in another language: {names}.",
            len(doubtful),
            names=_some(doubtful),
        )
        yield ImportTask("languages", message, "qualcode transcript language")
    unknown = [r for r in listed if r.unrecognised and not r.confirmed and not r.is_doubtful]
    if unknown:
        message = Message.counted(
            "The language of {count} interview was not recognised, so it is read as {language}: "
            "{names}.",
            "The languages of {count} interviews were not recognised, so they are read as "
            "{language}: {names}.",
            len(unknown),
            language=language_name(unknown[0].language),
            names=_some([row.transcript for row in unknown]),
        )
        yield ImportTask("languages", message, "qualcode transcript language")


def _participant_tasks(snapshot: Snapshot) -> Iterator[ImportTask]:
    speech = Speech(snapshot.transcripts, snapshot.cases)
    names = [transcript.name for transcript in snapshot.transcripts]
    # A document may be by nobody who takes part.
    nobody = [
        transcript.name
        for transcript in snapshot.transcripts
        if transcript.kind != "document" and not speech.in_transcript(transcript.name).cases
    ]
    if nobody:
        message = Message.counted(
            "{count} interview belongs to no respondent, so nobody is counted for it: {names}.",
            "{count} interviews belong to no respondent, so nobody is counted for them: {names}.",
            len(nobody),
            names=_some(nobody),
        )
        # The proposal is a respondent for each interview; a table can say more, and later.
        yield ImportTask("participants", message, "qualcode participant propose")
    unknown = [name for name in names if speech.in_transcript(name).unknown_cases]
    if unknown:
        message = Message.counted(
            "In {count} interview nobody said which speaker is which respondent: {names}. Say it "
            "in a column 'speaker' of the table of respondents.",
            "In {count} interviews nobody said which speaker is which respondent: {names}. Say it "
            "in a column 'speaker' of the table of respondents.",
            len(unknown),
            names=_some(unknown),
        )
        yield ImportTask("participants", message, "qualcode import --cases cases.csv")


def _group_tasks(snapshot: Snapshot) -> Iterator[ImportTask]:
    without = [case.name for case in snapshot.cases if not case.group]
    # Where nobody has a group, the study has none.
    if without and len(without) < len(snapshot.cases):
        message = Message.counted(
            "{count} respondent has no group, and is in no comparison of groups: {names}.",
            "{count} respondents have no group, and are in no comparison of groups: {names}.",
            len(without),
            names=_some(without),
        )
        yield ImportTask("groups", message, "qualcode import --cases cases.csv")


def _coder_tasks(snapshot: Snapshot) -> Iterator[ImportTask]:
    alike: dict[str, list[str]] = {}
    for coder in snapshot.coders:
        alike.setdefault("".join(filter(str.isalnum, coder.casefold())), []).append(coder)
    for names in alike.values():
        if len(names) > 1:
            message = Message(
                "{coders} may be one coder under several names. Agreement would compare them as "
                "different people.",
                coders=tuple(names),
            )
            yield ImportTask("coders", message)


def _position_tasks(files: Sequence[ImportedFile]) -> Iterator[ImportTask]:
    for file in files:
        if file.score is not None and file.score < SURE_SCORE:
            message = Message(
                "{file}: only {share} of the passages begin and end at words ({positions}). Look "
                "at a few of them before you go on.",
                file=file.file,
                share=f"{file.score:.0%}",
                positions=file.positions,
            )
            yield ImportTask("positions", message, "qualcode quotes")


def _some(names: Sequence[str]) -> str:
    listed = ", ".join(names[:5])
    return listed if len(names) <= 5 else f"{listed}, …"


# --- what comes next ----------------------------------------------------------------------------


def _steps(project: Project, snapshot: Snapshot) -> Iterator[NextStep]:
    if not snapshot.codings:
        # A file of another program may hold codes and no texts.
        has_texts = bool(snapshot.transcripts)
        message = (
            Message("Nothing is coded yet.") if has_texts else Message("No interview is here yet.")
        )
        command = "qualcode app" if has_texts else "qualcode import INTERVIEWS"
        for name in ("agreement", "themes", "quotes"):
            yield NextStep(name, ready=False, message=message, command=command)
        return
    yield _agreement_step(snapshot)
    try:
        project.codings.collect_layer(FINAL)
    except QualcodeError as error:
        for name in ("themes", "quotes"):
            yield NextStep(name, ready=False, message=error.args[0], command="qualcode adjudicate")
        return
    yield NextStep(
        "themes",
        ready=True,
        message=Message("Per theme: reach, contrasts, quotes."),
        command="qualcode themes --out themes.docx",
    )
    yield NextStep(
        "quotes",
        ready=True,
        message=Message("The quotes, per theme and code."),
        command="qualcode quotes --out quotes.docx",
    )


def _agreement_step(snapshot: Snapshot) -> NextStep:
    hiding = snapshot.hiding_rounds
    if hiding:
        message = Message("Round '{name}' is blind and still open.", name=hiding[0].name)
        return NextStep("agreement", False, message, f'qualcode round show "{hiding[0].name}"')
    coders_by_transcript: dict[str, set[str]] = {}
    for coding in snapshot.codings:
        if coding.coder != CONSENSUS:
            coders_by_transcript.setdefault(coding.transcript, set()).add(coding.coder)
    coder_sets = [coders for coders in coders_by_transcript.values() if len(coders) > 1]
    if coder_sets:
        # The order of the project's coders, so that the command does not change with the text.
        coders = [name for name in snapshot.coders if name in set().union(*coder_sets)]
        message = Message.counted(
            "{coders} coded {count} interview both.",
            "{coders} coded {count} interviews both.",
            len(coder_sets),
            coders=tuple(coders),
        )
        return NextStep(
            "agreement", True, message, f'qualcode agreement --coders "{",".join(coders)}"'
        )
    message = Message("No interview was coded by two coders.")
    return NextStep("agreement", False, message, "qualcode round advice")
