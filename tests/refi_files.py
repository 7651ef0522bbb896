"""Small REFI-QDA files made by hand, so that a test shows exactly what stands in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

PROJECT = "urn:QDA-XML:project:1.0"
INTEROP = Path(__file__).parents[2] / "shared" / "interop"
"""Real files of other programs; tests that need them are skipped where they are missing."""


def guid(number: int) -> str:
    """Return a GUID that shows its number."""
    return f"00000000-0000-4000-8000-{number:012d}"


ANNA, BEN, JOY, FEAR, SOURCE = (guid(n) for n in (1, 2, 11, 12, 21))
USERS = f'<Users><User guid="{ANNA}" name="Anna"/><User guid="{BEN}" name="Ben"/></Users>'
CODES = (
    f'<CodeBook><Codes><Code guid="{JOY}" name="Joy &amp; fun" isCodable="true"/>'
    f'<Code guid="{FEAR}" name="Fear" isCodable="true"/></Codes></CodeBook>'
)


def selection(
    start: int,
    end: int,
    *codings: str,
    name: str = "",
    inner: str = "",
    guid_: str = guid(99),
    user: str = "",
) -> str:
    """Return a ``PlainTextSelection``."""
    made = f' creatingUser="{user}"' if user else ""
    return (
        f'<PlainTextSelection guid="{guid_}" name={quoteattr(name)} startPosition="{start}" '
        f'endPosition="{end}"{made}>{inner}{"".join(codings)}</PlainTextSelection>'
    )


def coding(code: str = JOY, user: str = ANNA, number: int = 0, inner: str = "") -> str:
    """Return a ``Coding``."""
    made = f' creatingUser="{user}"' if user else ""
    return (
        f'<Coding guid="{guid(1000 + number)}"{made}><CodeRef targetGUID="{code}"/>{inner}</Coding>'
    )


def source(*inner: str, name: str = "G01", path: str = "internal://g01.txt") -> str:
    """Return a ``TextSource``."""
    plain = f' plainTextPath="{path}"' if path else ""
    return f'<TextSource guid="{SOURCE}" name="{name}"{plain}>{"".join(inner)}</TextSource>'


def project(
    sources: str = "",
    *,
    users: str = USERS,
    codes: str = CODES,
    rest: str = "",
    before: str = "",
    namespace: str = PROJECT,
    origin: str = "Some program",
) -> str:
    """Return the XML of a project."""
    inside = f"<Sources>{sources}</Sources>" if sources else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<Project name="Study" origin="{origin}" xmlns="{namespace}">'
        f"{users}{codes}{before}{inside}{rest}</Project>"
    )


def zipped(entries: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def qdpx(xml: str, text: str | bytes = "", **more: str | bytes) -> bytes:
    """Return a ``.qdpx`` of a project's XML with one text."""
    texts = {"sources/g01.txt": text} if text else {}
    return zipped({"project.qde": xml, **texts, **{f"sources/{k}": v for k, v in more.items()}})
