"""The receipt of a withdrawal in sentences: what was erased, without a word or a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from qualcode.exporting.files import write_bytes
from qualcode.messages import Message
from qualcode.project.withdrawal import WithdrawalReceipt


def describe_receipt(receipt: WithdrawalReceipt) -> tuple[str, ...]:
    """Return a receipt as sentences, for people to read and to keep."""
    return (*_erased(receipt), *_checked(receipt), *_to_delete(receipt))


def _erased(receipt: WithdrawalReceipt) -> Iterator[str]:
    yield Message("A participant withdrew. This was erased:")
    if receipt.transcripts:
        yield Message.counted(
            "- {count} interview, with its file",
            "- {count} interviews, with their files",
            receipt.transcripts,
        )
    yield Message.counted(
        "- {count} turn, of which none can be read back",
        "- {count} turns, of which none can be read back",
        receipt.turns,
    )
    if receipt.shortened:
        yield Message.counted(
            "- the words of this person in {count} group interview",
            "- the words of this person in {count} group interviews",
            receipt.shortened,
        )
    if receipt.codings is None:
        yield Message("- codings, decisions and notes: how many, an open blind round hides")
    else:
        yield from _work(receipt)
    yield Message.counted(
        "- {count} place where notes, the codebook or the history repeated the words",
        "- {count} places where notes, the codebook or the history repeated the words",
        receipt.places,
    )
    yield Message.counted(
        "- the content of {count} change in the history",
        "- the content of {count} changes in the history",
        receipt.events,
    )


def _work(receipt: WithdrawalReceipt) -> Iterator[str]:
    yield Message(
        "- codings: {codings}; shortened to what others said: {cut}; decisions: {decisions}",
        codings=receipt.codings,
        cut=receipt.cut,
        decisions=receipt.decisions,
    )
    yield Message(
        "- memos: {memos}; suggestions shown or rejected: {suggestions}",
        memos=receipt.memos,
        suggestions=receipt.suggestions,
    )


SERVER_STEPS = (
    "ALTER SYSTEM SET wal_recycle = off;",
    "SELECT pg_reload_conf();",
    "DELETE FROM pg_statistic;",
    "VACUUM FULL;",
    "SELECT pg_switch_wal();",
    "CHECKPOINT;",
    "ANALYZE;",
)
"""What the administrator of PostgreSQL does so that the files of the server lose the words too.

Each table is written anew. Statistics hold common values of columns, also of a table that has
become empty, and a file of the log that is used again keeps its old bytes.
"""


def _checked(receipt: WithdrawalReceipt) -> Iterator[str]:
    if receipt.is_complete and receipt.on_server:
        yield Message(
            "{phrases} phrases were searched for in all tables of the database: none is left.",
            phrases=receipt.phrases,
        )
    elif receipt.is_complete:
        yield Message(
            "{phrases} phrases were searched for in the project, its log and the next backup: none "
            "is left.",
            phrases=receipt.phrases,
        )
    else:
        yield Message(
            "Phrases are still in: {remains}. Close the project in every other program: then "
            "the file is written again.",
            remains=receipt.remains,
        )
    if receipt.shared:
        yield Message(
            "{shared} phrases were not searched for, because others said them too.",
            shared=receipt.shared,
        )


def _to_delete(receipt: WithdrawalReceipt) -> Iterator[str]:
    if receipt.on_server:
        yield Message(
            "The files of the database server still hold the words. Its administrator erases them "
            "with these commands in this database:"
        )
        yield from (f"    {step}" for step in SERVER_STEPS)
        yield Message(
            "Archives of its write-ahead log, replicas, its log of errors and its backups keep the "
            "words until they are deleted."
        )
    if receipt.files:
        yield Message("These files may still hold the words. Delete them yourself:")
        yield from (f"- {file}" for file in receipt.files)
    yield Message(
        "Delete older backups, exports, recordings and work files in other places too. A work file "
        "or an interview that holds the words is refused from now on."
    )


def write_receipt(lines: Iterable[str], path: Path) -> None:
    """Write the sentences of a receipt, in the language of the reader, to a text file."""
    write_bytes(path, "".join(f"{line}\n" for line in lines).encode("utf-8"))
