"""Comments of a Word document as codings and memos, by the codes that they name."""

from __future__ import annotations

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
)

if TYPE_CHECKING:
    from qualcode.importing.docx_comments import Comment, CommentedDocument


def read_comments(
    document: CommentedDocument, book: Codebook, coder: str, file_name: str
) -> ExchangeProject:
    """Return a project of one document, its comments as codings and memos.

    Args:
        document: The document.
        book: The codebook whose codes the comments name.
        coder: Whose codings they are; ``""`` for the author of each comment.
        file_name: Name of the document.
    """
    transcript = document.read.transcript
    codings: dict[tuple[object, ...], Coding] = {}
    memos: list[Memo] = []
    for comment in document.comments:
        # Word allows a comment without an author, but a coding needs a coder.
        author = coder or comment.author or "unknown coder"
        paths, note = _meaning(comment, book)
        quote = comment.span.of(transcript.text)
        if not paths:
            words = f"“{quote}”\n{note}"
            memos.append(
                Memo("", MemoTarget.TRANSCRIPT, transcript.name, words, author, comment.at)
            )
        for path in paths:
            # The same file gives the same ids, so that reading it twice adds nothing.
            place = f"{transcript.sha256} {comment.span} {path} {author}"
            coding = Coding.of(
                transcript,
                comment.span,
                path,
                author,
                id=uuid5(NAMESPACE_URL, place).hex,
                memo=note,
                origin=f"file:{file_name}",
                created_at=comment.at,
            )
            # A second comment of one author with the same code on the same words adds nothing.
            codings.setdefault((coding.span, path, author), coding)
    message = "They name no code and became memos on the transcript."
    loss = Loss(LossKind.CHANGED, "comments", len(memos), message)
    gain = Loss(LossKind.TAKEN, "codings", len(codings), "Comments named their codes.")
    return ExchangeProject(
        name=transcript.name,
        sources=(ExchangeSource(transcript, document.read.original),),
        codebook=book,
        coders=tuple(dict.fromkeys(coding.coder for coding in codings.values())),
        codings=tuple(codings.values()),
        memos=tuple(memos),
        losses=tuple(entry for entry in (gain, loss) if entry.count),
    )


def _meaning(comment: Comment, book: Codebook) -> tuple[list[str], str]:
    """Return the codes that a comment names, and the rest of its words."""
    paths: list[str] = []
    remainder: list[str] = []
    for labels in comment.labels:
        path = codebook_edits.find_code(book, labels)
        if path is None or book.code(path).retired:
            remainder.append(" > ".join(labels))
        else:
            paths.append(path)
    words = "; ".join(remainder)
    return paths, "\n".join(part for part in (words, comment.note) if part)
