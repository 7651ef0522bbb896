"""Makes memos of the notes of a REFI-QDA file, each on the item that refers to the note."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.importing.refi.container import Container, child, children, guid_of, text_of
from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.selections import RawSelection, moment
from qualcode.importing.refi.sources import count_codings
from qualcode.importing.refi.users import Users
from qualcode.importing.text_encoding import (
    decode_text,
    replace_damaged_characters,
    unify_line_ends,
)
from qualcode.model import Memo, MemoTarget, Span
from qualcode.model.extension_block import split_extension_block

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_QUOTE = 500


@dataclass(slots=True)
class Notes:
    """The notes of a file, and their memos."""

    container: Container
    users: Users
    loss_report: LossReport
    memos: list[Memo] = field(default_factory=list)
    _unattached: dict[str, Memo] = field(default_factory=dict)
    _note_guids: set[str] = field(default_factory=set)

    def read(self) -> None:
        """Read all notes; notes that qualcode wrote name their target themselves."""
        for element in children(child(self.container.root, "Notes"), "Note"):
            guid = guid_of(element.get("guid"))
            self._note_guids.add(guid)
            coded = count_codings(element)
            self.loss_report.record_lost("codings", "They are on the text of a note.", coded)
            text = self._text(element)
            _, extensions = split_extension_block(text_of(element, "Description"))
            text = str(extensions.get("exact", text))
            if not text.strip():
                self.loss_report.record_lost("memos", "They are empty.")
                continue
            author = str(
                extensions.get(
                    "author", self.users.listed_name(guid_of(element.get("creatingUser")))
                )
            )
            at = moment(element.get("creationDateTime"))
            # A file for another program gives every memo a time; this one has none.
            at = None if extensions.get("undated") is True else at
            kind = str(extensions.get("kind", ""))
            memo = Memo(str(extensions.get("id", guid)), MemoTarget.PROJECT, "", text, author, at)
            if kind in set(MemoTarget):
                self.attach(memo, MemoTarget(kind), str(extensions.get("target", "")))
            else:
                self._unattached[guid] = memo

    def _text(self, element: _Element) -> str:
        path = element.get("plainTextPath") or ""
        # Other programs keep short notes in the XML itself, without a file.
        data = self.container.read(path) if path else None
        if data is not None:
            text, _ = decode_text(data, path)
        else:
            text = unify_line_ends(text_of(element, "PlainTextContent"))
        text, _ = replace_damaged_characters(text, path)
        description, extensions = split_extension_block(text_of(element, "Description"))
        title = (element.get("name") or "").strip()
        if extensions:
            return text
        parts = [p for p in (title, description.strip(), text.strip()) if p]
        # Many programs use the first words of a note as its name.
        if len(parts) > 1 and parts[-1].startswith(title):
            parts = parts[1:]
        return "\n".join(dict.fromkeys(parts))

    def attach(self, memo: Memo, kind: MemoTarget, target: str) -> None:
        """Add a memo on a target."""
        self.memos.append(Memo(memo.id, kind, target, memo.text, memo.author, memo.created_at))

    def knows(self, guid: str) -> bool:
        """Tell whether this is the GUID of a note."""
        return guid in self._note_guids

    def refer(self, guid: str, kind: MemoTarget, target: str) -> None:
        """Attach a note to its first reference; further references add no second memo."""
        memo = self._unattached.pop(guid, None)
        if memo is not None:
            self.attach(memo, kind, target)

    def add(self, text: str, kind: MemoTarget, target: str) -> None:
        """Add a memo with the text of a description."""
        if text.strip():
            self.memos.append(Memo("", kind, target, unify_line_ends(text).strip(), ""))

    def add_uncoded_passage(
        self, transcript: str, text: str, span: Span, selection: RawSelection
    ) -> None:
        """Add the notes at a passage without codings, as a memo on its transcript."""
        quote = short_quote(span.of(text), _LONGEST_QUOTE)
        note_texts = [m.text for guid in selection.notes if (m := self._unattached.pop(guid, None))]
        words = [f"“{quote}”", *(p for p in (selection.description, *note_texts) if p.strip())]
        author = self.users.listed_name(selection.user)
        text = "\n".join(words)
        self.memos.append(
            Memo(selection.guid, MemoTarget.TRANSCRIPT, transcript, text, author, selection.at)
        )
        self.loss_report.record_changed(
            "selections", "Nobody coded them; they became memos on their source."
        )

    def finish(self) -> tuple[Memo, ...]:
        """Return all memos; notes without a reference become memos on the project."""
        for memo in self._unattached.values():
            self.attach(memo, MemoTarget.PROJECT, "")
        return tuple(self.memos)


def short_quote(words: str, longest: int = 80) -> str:
    """Return the words of a passage, shortened if they are long."""
    return words if len(words) <= longest else words[:longest] + "…"
