r"""Encrypts bytes with a passphrase: a header line, then Fernet tokens, one per line.

The key is derived from the passphrase by scrypt (RFC 7914) with a salt per file; each chunk is
encrypted by Fernet (AES-128-CBC with HMAC-SHA256). A chunk has its number and a mark of the last
one, so that a file that was truncated or rearranged does not open.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator

from qualcode.encryption.passphrase_strength import refuse_weak
from qualcode.errors import UnreadableFileError
from qualcode.messages import Message

_MARK = "qualcode sealed"
# The cost makes each guess of a passphrase take about half a second and 128 MB.
_COST = 2**17
# Fernet holds a whole token in memory several times, so backups are cut into chunks.
_CHUNK_BYTES = 8 * 2**20
_HEADER = 9


def encrypt(data: bytes, passphrase: str, *, accept_weak: bool = False) -> bytes:
    """Return bytes that can be decrypted only with the passphrase.

    Args:
        data: The bytes.
        passphrase: The passphrase.
        accept_weak: Whether the file has this passphrase already: a weak one is taken then, because
            an earlier version accepted it.

    Raises:
        InvalidValueError: The passphrase is too short, or easily guessed.
    """
    from cryptography.fernet import Fernet

    if not accept_weak:
        refuse_weak(passphrase)
    salt = os.urandom(16)
    cipher = Fernet(_key(passphrase, salt))
    header = {"file": _MARK, "version": 1, "kdf": "scrypt", "n": _COST, "salt": salt.hex()}
    lines = [json.dumps(header).encode("ascii")]
    lines += [cipher.encrypt(piece) for piece in _pieces(data)]
    return b"\n".join(lines) + b"\n"


def _pieces(data: bytes) -> Iterator[bytes]:
    starts = range(0, max(len(data), 1), _CHUNK_BYTES)
    for number, start in enumerate(starts):
        last = number == len(starts) - 1
        yield number.to_bytes(8) + bytes([last]) + data[start : start + _CHUNK_BYTES]


def is_encrypted(data: bytes) -> bool:
    """Tell whether bytes begin like an encrypted file."""
    return data.startswith(b'{"file": "qualcode sealed"')


def decrypt(data: bytes, passphrase: str, name: str) -> bytes:
    """Return the decrypted bytes.

    Args:
        data: From :func:`encrypt`.
        passphrase: The passphrase of the encryption.
        name: Name of the file, for messages.

    Raises:
        UnreadableFileError: It is no encrypted file, has another passphrase, or is damaged.
    """
    from cryptography.fernet import Fernet, InvalidToken

    head, *tokens = data.removesuffix(b"\n").split(b"\n")
    cipher = Fernet(_key(passphrase, _salt(head, name)))
    pieces = []
    try:
        for number, token in enumerate(tokens):
            piece = cipher.decrypt(token)
            if int.from_bytes(piece[:8]) != number or piece[8] != (number == len(tokens) - 1):
                raise _damaged(name)
            pieces.append(piece[_HEADER:])
    except InvalidToken as error:
        raise UnreadableFileError(
            Message(
                "'{name}' does not open: the passphrase is another one, or the file is "
                "damaged. Type it again; nobody can recover a lost passphrase.",
                name=name,
            )
        ) from error
    if not pieces:
        raise _damaged(name)
    return b"".join(pieces)


def _salt(head: bytes, name: str) -> bytes:
    try:
        header = json.loads(head)
        # Other parameters are refused: a hostile header could demand gigabytes of memory.
        is_ours = header["file"] == _MARK and header["kdf"] == "scrypt" and header["n"] == _COST
        newer = header["version"] != 1
        salt = bytes.fromhex(header["salt"])
    except (ValueError, KeyError, TypeError) as error:
        raise _foreign(name) from error
    if newer:
        raise UnreadableFileError(
            Message("'{name}' was made by a newer version of qualcode. Update it.", name=name)
        )
    if not is_ours or len(salt) != 16:
        raise _foreign(name)
    return salt


def _foreign(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        Message(
            "'{name}' is no file that qualcode encrypted. Give a key of names or an encrypted "
            "backup.",
            name=name,
        )
    )


def _damaged(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        Message("'{name}' is damaged: a part is missing. Go back to another copy.", name=name)
    )


def _key(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    derived = Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase.encode("utf-8"))
    return base64.urlsafe_b64encode(derived)
