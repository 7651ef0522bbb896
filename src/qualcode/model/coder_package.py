"""The coder package: the work of one coder, exchanged between copies of a project."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from qualcode.model.codebook import Code, Codebook
from qualcode.model.coding import Coding, Memo, Round
from qualcode.model.frozen import FrozenMap
from qualcode.model.suggestion import Exposure

PACKAGE_FORMAT = "qualcode-work/1"
"""Name and version of the format of work files."""


@dataclass(frozen=True, slots=True)
class PackageText:
    """A transcript of the package: its name, and the sha256 of its text."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CoderPackage:
    """The work of one coder in a copy of the project.

    Attributes:
        coder: Name of the coder.
        project: Name of the project.
        texts: The transcripts of the work.
        codebook_version: The newest version of the codebook in that copy; codings have the
            paths of that version.
        codebooks: Hash of each version of the codebook that was used, by number.
        codings: The codings, withdrawn ones included.
        rounds: The rounds that the coder is in.
        memos: The coder's notes on texts, turns, codes and codings.
        exposures: The suggestions that were shown to the coder.
    """

    coder: str
    project: str
    texts: tuple[PackageText, ...]
    codebook_version: int
    codebooks: FrozenMap[str, str]
    codings: tuple[Coding, ...] = ()
    rounds: tuple[Round, ...] = ()
    memos: tuple[Memo, ...] = field(default=())
    exposures: tuple[Exposure, ...] = ()


def codebook_hash(book: Codebook) -> str:
    """Return a hash of the codes, texts and terms of a codebook.

    Colours, ids and the version do not count, so that two copies of one codebook have one hash.
    """
    content = [
        # Retirement counts although it changes no text: it decides which codes a coder could use.
        [code.path, code.retired, list(code.terms)]
        + [sorted(getattr(code, name).items()) for name in Code.TEXT_FIELDS]
        for code in book.codes
    ]
    whole = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
