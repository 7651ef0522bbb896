"""Reads and writes the key of names, which leads from pseudonyms back to people, encrypted."""

from __future__ import annotations

import json

from qualcode.encryption.container import decrypt, encrypt
from qualcode.errors import InvalidValueError, UnreadableFileError
from qualcode.messages import Message
from qualcode.pseudonyms import NameEntry, NameKey, NameKind


def write_name_key(key: NameKey, passphrase: str, *, accept_weak: bool = False) -> bytes:
    """Return a key of names as an encrypted file; ``accept_weak`` as for :func:`encrypt`."""
    entries = [[e.text, e.kind.value, e.replacement] for e in key.entries]
    packed = {"what": "names", "project": key.project, "entries": entries}
    return encrypt(
        json.dumps(packed, ensure_ascii=False).encode("utf-8"), passphrase, accept_weak=accept_weak
    )


def read_name_key(data: bytes, passphrase: str, name: str) -> NameKey:
    """Return the key of names in an encrypted file.

    Raises:
        UnreadableFileError: It is something else, or has another passphrase.
    """
    opened = decrypt(data, passphrase, name)
    try:
        packed = json.loads(opened)
        if packed["what"] != "names":
            raise _other(name)
        entries = tuple(
            NameEntry(text, NameKind(kind), words) for text, kind, words in packed["entries"]
        )
        return NameKey(str(packed["project"]), entries)
    except (ValueError, KeyError, TypeError, InvalidValueError) as error:
        raise _other(name) from error


def _other(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        Message("'{name}' opens, but holds no key of names. Give another file.", name=name)
    )
