"""Comments of a Word document as codings and memos, by the codes that they name.

A document that comes back from Word is compared with the project first: a corrected word, a
comment that was deleted or moved, and a code that the codebook lacks are shown, and done if a
person says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import codebook_edits
from qualcode.errors import ConflictError, Problem
from qualcode.importing.docx_comments import read_docx_comments
from qualcode.messages import Message
from qualcode.model import CONSENSUS, Codebook, Coding, ExchangeProject, Transcript
from qualcode.project.comment_codings import (
    SEPARATOR,
    author_of,
    find_unknown_labels,
    is_same_time,
    place_of,
    read_comments,
)
from qualcode.project.commented_texts import (
    TextChange,
    find_text_changes,
    find_transcript,
    lay_comments_on,
    with_turns_of,
)

if TYPE_CHECKING:
    from qualcode.importing.docx_comments import CommentedDocument
    from qualcode.project.project import Project
    from qualcode.project.revisions import Correction


@dataclass(frozen=True, slots=True)
class MovedComment:
    """A coding whose comment is on other words in the document.

    Attributes:
        coding: The coding as it is in the project.
        to: The coding as the document has it.
    """

    coding: Coding
    to: Coding


@dataclass(frozen=True, slots=True)
class CommentChoices:
    """What a person confirmed about a document that comes back from Word.

    Attributes:
        text: ``correct`` takes the text of the document as the corrected one, ``keep`` leaves that
            of the project; ``""`` refuses a document with another text.
        withdraw: Withdraw codings whose comments were deleted.
        move: Move codings whose comments were moved.
        new_codes: Labels of codes to add, as in ``CommentPlan.new_codes``.
    """

    text: str = ""
    withdraw: bool = False
    move: bool = False
    new_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentPlan:
    """What a document with comments brings, and what it changes.

    Attributes:
        transcript: The interview that it is of; ``""`` if the project does not have it.
        new: The codings that it adds.
        moved: Codings whose comment is on other words.
        deleted: Codings of its authors that it has no comment for.
        new_codes: What comments name that is no code yet: a new code, or a remark.
        text_changes: Words that differ from the interview in the project.
        correction: What they do to the codings if they are taken over; None without any.
        problems: What a person should check.
    """

    transcript: str
    new: tuple[Coding, ...]
    moved: tuple[MovedComment, ...] = ()
    deleted: tuple[Coding, ...] = ()
    new_codes: tuple[str, ...] = ()
    text_changes: tuple[TextChange, ...] = ()
    correction: Correction | None = None
    problems: tuple[Problem, ...] = ()


def plan_comments(project: Project, path: Path, coder: str = "") -> CommentPlan:
    """Return what a Word document with comments brings, without changing anything.

    Args:
        project: The project.
        path: The ``.docx`` file.
        coder: Whose codings they are; the author of each comment by default.

    Raises:
        UnreadableFileError: it is not there, or no Word document.
    """
    with project.snapshot() as snapshot:
        document = read_docx_comments(path, language=snapshot.info.language)
        book = snapshot.find_codebook() or _empty_book(project)
        target = find_transcript(document.read.transcript, snapshot.transcripts)
        laid, lost = lay_comments_on(document, target)
        standing = snapshot.find_codings(transcript=target.name) if target else ()
        read = read_comments(laid, book, coder, path.name, standing)
        new, missing = _compare(read, standing, _authors(document, coder))
        moved = tuple(_pair_moves(missing, new))
        moved_ids = {move.coding.id for move in moved} | {move.to.id for move in moved}
        text_changes: tuple[TextChange, ...] = ()
        correction = None
        if target is not None and target.sha256 != document.read.transcript.sha256:
            text_changes = tuple(find_text_changes(target.text, document.read.transcript.text))
            corrected = with_turns_of(document.read, target)
            correction = project.transcripts.revisions.plan_text(corrected, target.name)
    return CommentPlan(
        transcript=target.name if target else "",
        new=tuple(coding for coding in new if coding.id not in moved_ids),
        moved=moved,
        deleted=tuple(coding for coding in missing if coding.id not in moved_ids),
        new_codes=tuple(find_unknown_labels(document.comments, book)),
        text_changes=text_changes,
        correction=correction,
        problems=(*document.problems, *lost, *_absent(document, standing, coder)),
    )


def import_comments(
    project: Project, path: Path, coder: str, choices: CommentChoices
) -> tuple[ExchangeProject, tuple[Problem, ...]]:
    """Take the comments of a document in, as a person confirmed.

    A corrected text is a step of its own, which undo does not take back; the comments are one step.

    Raises:
        ConflictError: its text differs, and nobody said which text to keep.
    """
    plan = plan_comments(project, path, coder)
    if plan.text_changes and not choices.text:
        raise ConflictError(_explain_text(plan, path.name))
    document = read_docx_comments(path, language=project.info.language)
    for author in sorted(_authors(document, coder)):
        project.rounds.refuse_acting_for(author)
    with project.snapshot() as snapshot:
        book = snapshot.find_codebook() or _empty_book(project)
        target = find_transcript(document.read.transcript, snapshot.transcripts)
    laid, _ = lay_comments_on(document, target)
    # Before the text is corrected: what is refused afterwards would leave half of the work.
    for author in (*read_comments(laid, book, coder, path.name).coders, *_changed(plan, choices)):
        project.rounds.refuse_acting_for(author)
    if target is not None and plan.text_changes and choices.text == "correct":
        corrected = with_turns_of(document.read, target)
        project.transcripts.revisions.correct_text(corrected, target.name)
        # Codings moved along with the text, so that all is compared again.
        plan = plan_comments(project, path, coder)
        target = project.transcripts.get(target.name)
    with project.history.step():
        book = _add_codes(project, book, choices.new_codes, path.name)
        standing = project.codings.collect(transcript=target.name) if target else ()
        _withdraw(project, plan, choices)
        laid, _ = lay_comments_on(document, target)
        read = read_comments(laid, book, coder, path.name, standing)
        stays = set() if choices.move else {move.to.id for move in plan.moved}
        stays |= _standing_ids(project, read, target)
        codings = tuple(coding for coding in read.codings if coding.id not in stays)
        return project.exchange.add(replace(read, codings=codings)), plan.problems


def _add_codes(project: Project, book: Codebook, labels: Iterable[str], file: str) -> Codebook:
    """Add codes to the codebook, and return it as it is then."""
    parts = [tuple(label.split(SEPARATOR)) for label in labels]
    if not parts:
        return book
    book, _ = codebook_edits.add_labelled_codes(book, parts)
    return project.codebook.save(book, Message("read from {name}", name=file))


def _withdraw(project: Project, plan: CommentPlan, choices: CommentChoices) -> None:
    """Withdraw the codings whose comments were moved or deleted, as far as confirmed."""
    for author in _changed(plan, choices):
        project.rounds.refuse_acting_for(author)
    ids = [move.coding.id for move in plan.moved] if choices.move else []
    ids += [coding.id for coding in plan.deleted] if choices.withdraw else []
    project.codings.withdraw(ids)


def _changed(plan: CommentPlan, choices: CommentChoices) -> frozenset[str]:
    """Return whose codings are moved or withdrawn."""
    moved = [move.coding.coder for move in plan.moved] if choices.move else []
    withdrawn = [coding.coder for coding in plan.deleted] if choices.withdraw else []
    return frozenset((*moved, *withdrawn))


def _explain_text(plan: CommentPlan, file: str) -> Message:
    first = plan.text_changes[0]
    return Message.counted(
        "The text of '{file}' differs from interview '{name}' in {count} place: “{before}” is now "
        "“{after}”. Say whether it corrects the interview (--text correct) or the text in the "
        "project is right (--text keep). Nothing was changed.",
        "The text of '{file}' differs from interview '{name}' in {count} places, first: “{before}” "
        "is now “{after}”. Say whether it corrects the interview (--text correct) or the text in "
        "the project is right (--text keep). Nothing was changed.",
        len(plan.text_changes),
        file=file,
        name=plan.transcript,
        before=first.before,
        after=first.after,
    )


def _empty_book(project: Project) -> Codebook:
    return Codebook(project.info.name, (), language=project.info.language)


# --- the interview that a document is of ------------------------------------------------------


# --- comments and codings ---------------------------------------------------------------------


def _absent(
    document: CommentedDocument, standing: Sequence[Coding], coder: str
) -> Iterator[Problem]:
    """Yield a problem for each coder of the interview who has no comment in the document.

    It may be written for one coder, or somebody deleted all comments of the other: only a person
    knows, so their codings stay.
    """
    counts = Counter(coding.coder for coding in standing)
    authors = {author_of(comment) for comment in document.comments}
    for absent in sorted(counts.keys() - authors) if not coder else ():
        message = Message.counted(
            "No comment in the document is by {coder}: {count} coding of {coder} stays.",
            "No comment in the document is by {coder}: {count} codings of {coder} stay.",
            counts[absent],
            coder=absent,
        )
        hint = Message("If you deleted these comments in Word, withdraw the codings too.")
        yield Problem(document.read.transcript.name, message, hint)


def _authors(document: CommentedDocument, coder: str) -> frozenset[str]:
    """Return whose codings a document may hold; the others' are not in it."""
    authors = {coder or author_of(comment) for comment in document.comments}
    return frozenset({*authors, coder} - {"", CONSENSUS})


def _compare(
    read: ExchangeProject, standing: Iterable[Coding], authors: Collection[str]
) -> tuple[list[Coding], list[Coding]]:
    """Return the codings that only the document has, and those that only the project has."""
    text = read.sources[0].transcript.text
    old = {place_of(coding, text): coding for coding in standing if coding.coder in authors}
    new = {place_of(coding, text): coding for coding in read.codings}
    only_new = [coding for place, coding in new.items() if place not in old]
    return only_new, [coding for place, coding in old.items() if place not in new]


def _standing_ids(
    project: Project, read: ExchangeProject, target: Transcript | None
) -> frozenset[str]:
    """Return the ids of codings of a document that the project has, but for spaces at the edge."""
    if target is None:
        return frozenset()
    codings = project.codings.collect(transcript=target.name)
    places = {place_of(coding, target.text) for coding in codings}
    exact = {(coding.span, coding.code, coding.coder) for coding in codings}
    return frozenset(
        coding.id
        for coding in read.codings
        if place_of(coding, target.text) in places
        and (coding.span, coding.code, coding.coder) not in exact
    )


def _pair_moves(missing: Sequence[Coding], new: Sequence[Coding]) -> Iterator[MovedComment]:
    """Yield the codings that are on other words now: same coder, same code, same comment."""
    free = list(new)
    for coding in missing:
        alike = [c for c in free if (c.coder, c.code) == (coding.coder, coding.code)]
        moved = max(alike, key=lambda c: _likeness(coding, c), default=None)
        if moved is not None and any(_likeness(coding, moved)):
            free.remove(moved)
            yield MovedComment(coding, moved)


def _likeness(coding: Coding, moved: Coding) -> tuple[bool, int, bool]:
    """Return how sure it is that one coding is another one, moved."""
    overlap = coding.span.intersection(moved.span)
    is_same_memo = bool(coding.memo) and coding.memo == moved.memo
    return is_same_time(coding, moved.created_at), len(overlap) if overlap else 0, is_same_memo
