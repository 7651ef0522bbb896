"""Memos as notes of a REFI-QDA project."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from qualcode.exporting.interchange.refi.elements import ElementFields, add, guid, is_guid, moment
from qualcode.exporting.interchange.refi.qualcoder_layout import QualcoderLayout, free_name
from qualcode.model import ExchangeProject, Memo, MemoTarget
from qualcode.model.extension_block import is_xml_safe, xml_safe

if TYPE_CHECKING:
    from lxml.etree import _Element


_LONGEST_TITLE = 60


class Notes:
    """Memos as notes; each is referred to by what it is about, where the standard can."""

    def __init__(
        self, project: ExchangeProject, layout: QualcoderLayout | None, created: datetime
    ) -> None:
        self._coders = frozenset(project.coders)
        self._layout = layout
        self._created = created
        self._memos = [
            # memos without an id may have the same words: the place tells them apart
            (guid("memo", memo.id or f"{place} {memo.text}"), memo)
            for place, memo in enumerate(project.memos)
        ]

    def on(self, kind: MemoTarget) -> Mapping[str, list[str]]:
        """Return GUIDs by what they are about; a memo on a turn is on its transcript."""
        # QualCoder drops a code that refers to a note; it shows the words as memos instead.
        if self._layout:
            return {}
        guids: dict[str, list[str]] = {}
        for key, memo in self._memos:
            if memo.target_kind is kind:
                guids.setdefault(memo.target, []).append(key)
            # The standard has no place for a memo on a turn.
            elif kind is MemoTarget.TRANSCRIPT and memo.target_kind is MemoTarget.TURN:
                guids.setdefault(memo.target.rpartition("#")[0], []).append(key)
        return guids

    def write(self, root: _Element, fields: ElementFields) -> None:
        """Append the notes."""
        if not self._memos:
            return
        notes = add(root, "Notes")
        names: set[str] = set()
        for key, memo in self._memos:
            is_coder = memo.author in self._coders
            name = " ".join(memo.text.split())[:_LONGEST_TITLE] or "memo"
            # QualCoder stops at a second note of one name, and at one without a date.
            name = free_name(name, names) if self._layout else name
            names.add(name)
            created_at = memo.created_at or (self._created if self._layout else None)
            element = add(
                notes,
                "Note",
                guid=key,
                name=name,
                plainTextPath=f"internal://{key}.txt" if self._is_journal(memo) else None,
                creatingUser=guid("user", memo.author) if is_coder else None,
                creationDateTime=moment(created_at),
            )
            fields.describe(element, "", self._fields(memo))
            if not self._is_journal(memo):
                add(element, "PlainTextContent").text = xml_safe(memo.text)

    def files(self) -> dict[str, bytes]:
        """Return the texts that QualCoder reads from files of their own, for its journal."""
        return {
            f"sources/{key}.txt": xml_safe(memo.text).encode()
            for key, memo in self._memos
            if self._is_journal(memo)
        }

    def _is_journal(self, memo: Memo) -> bool:
        kinds = {MemoTarget.PROJECT, MemoTarget.CODER}
        return self._layout is not None and memo.target_kind in kinds

    def _fields(self, memo: Memo) -> dict[str, Any]:
        fields: dict[str, Any] = {"kind": memo.target_kind.value, "target": memo.target}
        if memo.author not in self._coders:
            fields["author"] = memo.author
        if not is_guid(memo.id):
            fields["id"] = memo.id
        if not is_xml_safe(memo.text):
            fields["exact"] = memo.text
        if self._layout and memo.created_at is None:
            fields["undated"] = True
        return fields
