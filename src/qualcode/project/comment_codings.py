"""Comments as codings and memos, by the codes that they name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from qualcode import codebook_edits
from qualcode.model import (
    Codebook,
    Coding,
    ExchangeProject,
    ExchangeSource,
    Loss,
    LossKind,
    Memo,
    MemoTarget,
    Span,
    Transcript,
    trimmed,
)

if TYPE_CHECKING:
    from datetime import datetime

    from qualcode.importing.docx_comments import Comment, CommentedDocument


SEPARATOR = " > "
"""Between the labels of a code in a comment, from the theme down."""
_ALIAS = re.compile("coder [A-Z]+")


def author_of(comment: Comment) -> str:
    """Return the coder of a comment."""
    # Word allows a comment without an author, but a coding needs a coder.
    return comment.author or "unknown coder"


def place_of(coding: Coding, text: str) -> tuple[Span, str, str]:
    """Return the words, code and coder of a coding, by which a comment is known again."""
    # A comment cannot begin or end with a line end, as a coding can.
    span = trimmed(text, coding.span.start, coding.span.end) or coding.span
    return span, coding.code, coding.coder


def _trimmed(comment: Comment, text: str) -> Span:
    return trimmed(text, comment.span.start, comment.span.end) or comment.span


def is_same_time(coding: Coding, at: datetime | None) -> bool:
    """Tell whether a coding was made in the second in which a comment was written."""
    # Word keeps the second in which a comment was written, whatever happens to it.
    if coding.created_at is None or at is None:
        return False
    return coding.created_at.replace(microsecond=0) == at.replace(microsecond=0)


def find_unknown_labels(comments: Iterable[Comment], book: Codebook) -> dict[str, None]:
    """Return what comments name that is no code, in their order."""
    labels = (label for comment in comments for label in comment.labels)
    return {
        SEPARATOR.join(label): None
        for label in labels
        if codebook_edits.find_code(book, label) is None
    }


def read_comments(
    document: CommentedDocument,
    book: Codebook,
    coder: str,
    file_name: str,
    standing: Iterable[Coding] = (),
) -> ExchangeProject:
    """Return a project of one document, its comments as codings and memos.

    Args:
        document: The document.
        book: The codebook whose codes the comments name.
        coder: Whose codings they are; ``""`` for the author of each comment. What a document of
            ours shows of other coders stays theirs.
        file_name: Name of the document.
        standing: The codings on it that the project has: a comment on one of them means its code,
            though it is retired, or another code has that label too.
    """
    transcript = document.read.transcript
    commented = [
        (comment, coder or author_of(comment), _trimmed(comment, transcript.text))
        for comment in document.comments
    ]
    codings: dict[tuple[object, ...], Coding] = {}
    memos: list[Memo] = []
    standing = tuple(standing)
    given_codes = _find_given_codes(commented, standing, transcript.text)
    owners: defaultdict[tuple[Span, str], set[str]] = defaultdict(set)
    for standing_coding in standing:
        passage, code, owner = place_of(standing_coding, transcript.text)
        owners[passage, code].add(owner)
    other_codings = 0
    for (comment, author, span), given in zip(commented, given_codes, strict=True):
        paths, note = _meaning(comment, book, given)
        if not paths:
            words = f"“{comment.span.of(transcript.text)}”\n{note}"
            memos.append(
                Memo("", MemoTarget.TRANSCRIPT, transcript.name, words, author, comment.at)
            )
        for path in paths:
            if coder and _is_of_another(author_of(comment), coder, owners[span, path]):
                other_codings += 1
                continue
            coding = _make_coding(
                transcript, comment, path, author=author, note=note, file=file_name
            )
            # A second comment of one author with the same code on the same words adds nothing.
            codings.setdefault((coding.span, path, author), coding)
    message = "They name no code and became memos on the transcript."
    loss = Loss(LossKind.CHANGED, "comments", len(memos), message)
    gain = Loss(LossKind.TAKEN, "codings", len(codings), "Comments named their codes.")
    foreign = Loss(LossKind.NOT_TAKEN, "codings", other_codings, "They are those of other coders.")
    return ExchangeProject(
        name=transcript.name,
        sources=(ExchangeSource(transcript, document.read.original),),
        codebook=book if book.codes else None,
        coders=tuple(dict.fromkeys(coding.coder for coding in codings.values())),
        codings=tuple(codings.values()),
        memos=tuple(memos),
        losses=tuple(entry for entry in (gain, loss, foreign) if entry.count),
    )


def _is_of_another(author: str, coder: str, owners: Collection[str]) -> bool:
    """Tell whether a comment is one that the export wrote for a coding of another coder."""
    if coder in owners:
        return False
    return bool(owners) and (author in owners or _ALIAS.fullmatch(author) is not None)


def _find_given_codes(
    commented: Sequence[tuple[Comment, str, Span]], standing: Sequence[Coding], text: str
) -> Iterator[set[str]]:
    """Yield the codes that the author of each comment gave its passage in the project.

    Args:
        commented: Comments, each with its author and its words.
        standing: The codings on the text that the project has.
        text: The text.
    """
    places = {place_of(coding, text) for coding in standing}
    present = {(span, author) for _, author, span in commented}
    gone = [
        coding for coding in standing if (place_of(coding, text)[0], coding.coder) not in present
    ]
    for comment, author, span in commented:
        given = {code for place, code, name in places if (place, name) == (span, author)}
        # A comment that was moved keeps its second, and so its code, even a retired one.
        yield given | {c.code for c in gone if c.coder == author and is_same_time(c, comment.at)}


def _make_coding(
    transcript: Transcript, comment: Comment, path: str, *, author: str, note: str, file: str
) -> Coding:
    # The same file gives the same ids, so that reading it twice adds nothing.
    place = f"{transcript.sha256} {comment.span} {path} {author}"
    return Coding.of(
        transcript,
        comment.span,
        path,
        author,
        id=uuid5(NAMESPACE_URL, place).hex,
        memo=note,
        origin=f"file:{file}",
        created_at=comment.at,
    )


def _meaning(comment: Comment, book: Codebook, given: Collection[str]) -> tuple[list[str], str]:
    """Return the codes that a comment names, and the rest of its words.

    Args:
        comment: The comment.
        book: The codebook.
        given: Codes that its author gave its passage in the project.
    """
    paths: list[str] = []
    remainder: list[str] = []
    for labels in comment.labels:
        alike = codebook_edits.find_codes(book, labels)
        named = [path for path in alike if path in given]
        if not named and len(alike) == 1 and not book.code(alike[0]).retired:
            named = [*alike]
        paths += named
        if not named:
            remainder.append(SEPARATOR.join(labels))
    words = "; ".join(remainder)
    return paths, "\n".join(part for part in (words, comment.note) if part)
