"""What other programs read of a ``.qdpx`` file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.messages import Message


@dataclass(frozen=True, slots=True)
class ReadingProgram:
    """A program that reads the file.

    Attributes:
        name: Its name as options have it; ``""`` for the standard.
        position_unit: What its positions count; ``""`` if that is as usual.
        reads_originals: Whether its positions hold where a Word document comes along.
    """

    name: str = ""
    position_unit: str = ""
    reads_originals: bool = True


PROGRAMS: Mapping[str, ReadingProgram] = MappingProxyType(
    {
        "nvivo": ReadingProgram("nvivo", "utf16"),
        "qualcoder": ReadingProgram("qualcoder", "codepoint"),
        # These take the text from the Word document, where lists and notes move the positions.
        "atlas.ti": ReadingProgram("atlas.ti", reads_originals=False),
        "maxqda": ReadingProgram("maxqda", reads_originals=False),
    }
)
"""Programs by the names of the option ``--for``."""


def find_program(name: str, path: Path) -> ReadingProgram:
    """Return the program that reads a file; the standard where none is named.

    Raises:
        UndefinedRequestError: the program reads no projects, or the path is a folder.
        UnknownNameError: another program.
    """
    # People write the name of ATLAS.ti in several ways.
    key = {"atlas": "atlas.ti", "atlasti": "atlas.ti"}.get(name.casefold(), name.casefold())
    if not key:
        return ReadingProgram()
    if key == "taguette":
        raise UndefinedRequestError(
            Message(
                "Taguette imports no projects. Write its codebook with: qualcode codebook export "
                "tags.csv --for taguette. Import the interviews there as documents."
            )
        )
    if key not in PROGRAMS:
        raise unknown_name("program", name, PROGRAMS, Message("the programs that read a project"))
    if not path.suffix:
        raise UndefinedRequestError(
            Message("A folder of text is for no other program. Give a name that ends in .qdpx.")
        )
    return PROGRAMS[key]
