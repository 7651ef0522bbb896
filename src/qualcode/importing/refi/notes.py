"""Notes of a REFI-QDA file as memos on what refers to them."""

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
from qualcode.model.extension_block import split_block

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_QUOTE = 500


@dataclass(slots=True)
class Notes:
    """The notes of a file, and the memos made of them."""

    container: Container
    users: Users
    loss_report: LossReport
    memos: list[Memo] = field(default_factory=list)
    _left: dict[str, Memo] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    def read(self) -> None:
        """Read all notes; those of our own know what they are about."""
        for element in children(child(self.container.root, "Notes"), "Note"):
            guid = guid_of(element.get("guid"))
            self._known.add(guid)
            coded = count_codings(element)
            self.loss_report.record_lost("codings", "They are on the text of a note.", coded)
            text = self._text(element)
            _, own = split_block(text_of(element, "Description"))
            text = str(own.get("exact", text))
            if not text.strip():
                self.loss_report.record_lost("memos", "They are empty.")
                continue
            author = str(own.get("author", self.users.known(guid_of(element.get("creatingUser")))))
            at = moment(element.get("creationDateTime"))
            kind = str(own.get("kind", ""))
            memo = Memo(str(own.get("id", guid)), MemoTarget.PROJECT, "", text, author, at)
            if kind in set(MemoTarget):
                self.attach(memo, MemoTarget(kind), str(own.get("target", "")))
            else:
                self._left[guid] = memo

    def _text(self, element: _Element) -> str:
        path = element.get("plainTextPath") or ""
        data = self.container.read(path) if path else None
        if data is not None:
            text, _ = decode_text(data, path)
        else:
            text = unify_line_ends(text_of(element, "PlainTextContent"))
        text, _ = replace_damaged_characters(text, path)
        description, own = split_block(text_of(element, "Description"))
        title = (element.get("name") or "").strip()
        if own:
            return text
        parts = [p for p in (title, description.strip(), text.strip()) if p]
        if len(parts) > 1 and parts[-1].startswith(title):
            parts = parts[1:]
        return "\n".join(dict.fromkeys(parts))

    def attach(self, memo: Memo, kind: MemoTarget, target: str) -> None:
        """Add a memo about something."""
        self.memos.append(Memo(memo.id, kind, target, memo.text, memo.author, memo.created_at))

    def knows(self, guid: str) -> bool:
        """Tell whether this is the GUID of a note."""
        return guid in self._known

    def refer(self, guid: str, kind: MemoTarget, target: str) -> None:
        """Take a reference to a note; a note that is referred to twice gives one memo."""
        memo = self._left.pop(guid, None)
        if memo is not None:
            self.attach(memo, kind, target)

    def add(self, text: str, kind: MemoTarget, target: str) -> None:
        """Add a memo of a description."""
        if text.strip():
            self.memos.append(Memo("", kind, target, unify_line_ends(text).strip(), ""))

    def add_loose(self, transcript: str, text: str, span: Span, selection: RawSelection) -> None:
        """Add what stands at a passage that nobody coded, as a memo on its transcript."""
        quote = short_quote(span.of(text), _LONGEST_QUOTE)
        own = [m.text for guid in selection.notes if (m := self._left.pop(guid, None))]
        words = [f"“{quote}”", *(p for p in (selection.description, *own) if p.strip())]
        author = self.users.known(selection.user)
        text = "\n".join(words)
        self.memos.append(
            Memo(selection.guid, MemoTarget.TRANSCRIPT, transcript, text, author, selection.at)
        )
        self.loss_report.record_changed(
            "selections", "Nobody coded them; they became memos on their source."
        )

    def finish(self) -> tuple[Memo, ...]:
        """Return all memos; notes that nothing refers to are about the project."""
        for memo in self._left.values():
            self.attach(memo, MemoTarget.PROJECT, "")
        return tuple(self.memos)


def short_quote(words: str, longest: int = 80) -> str:
    """Return the words of a passage, cut off where they are long."""
    return words if len(words) <= longest else words[:longest] + "…"
