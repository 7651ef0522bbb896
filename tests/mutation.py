"""Files that were harmed in small ways, as by a bad disk, another program or a hand."""

from __future__ import annotations

import io
import random
import zipfile

TOKENS = (
    b"\x00", b"\xff", b'"', b"'", b",", b";", b"<", b">", b"&", b"{", b"}", b"[", b"]", b":", b"\n",
    b"-1", b"0", b"9" * 25, b"1e999", b"null", b"true", b"[]", b"{}", b"NaN", b"\xef\xbb\xbf",
    "é".encode(), b"\\u0000", b"\\ud800", b"2026-99-99T00:00:00", b"/", b"..", b"*a", b"<<:",
)  # fmt: skip


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Return the data with one to four small changes."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(changed) + 1)
        length = chance.choice((1, 2, 8, 40))
        match chance.randrange(6):
            case 0:
                changed[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[place : place + length]
            case 2:
                changed[place:place] = changed[place : place + length]
            case 3:
                other = chance.randrange(len(changed) + 1)
                changed[place : place + length] = changed[other : other + length]
            case _:
                changed[place : place + chance.choice((0, 1, 6))] = chance.choice(TOKENS)
    return bytes(changed)


def mutate_archive(data: bytes, chance: random.Random) -> bytes:
    """Return a zip file with one changed part, so that the change reaches what reads the part."""
    if chance.random() < 0.2:
        return mutate(data, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        # Most parts of a document are styles: the ones with text are changed more often.
        wanted = [n for n in names if n.endswith(("document.xml", "comments.xml", ".qde"))] or names
        chosen = chance.choice(wanted if chance.random() < 0.8 else names)
        for name in names:
            part = old.read(name)
            new.writestr(name, mutate(part, chance) if name == chosen else part)
    return out.getvalue()
