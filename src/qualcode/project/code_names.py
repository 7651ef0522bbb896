"""The code that a person means by a path or a label."""

from __future__ import annotations

from qualcode.codebook_edits import find_named_codes
from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import Codebook


def find_code_path(codebook: Codebook, name: str) -> str:
    """Return the path of the code with this path or label.

    Args:
        codebook: The codebook.
        name: ``motives/joy``, ``Joy`` or ``Motives > Joy``.

    Raises:
        UnknownNameError: No code is called so.
        UndefinedRequestError: Several codes are.
    """
    paths = find_named_codes(codebook, name)
    # A code that was merged into another of the same name is retired.
    in_use = [path for path in paths if not codebook.code(path).retired] or paths
    if len(in_use) > 1:
        raise UndefinedRequestError(
            Message(
                "Several codes are called '{name}': {paths}. Write the path of one.",
                name=name,
                paths=", ".join(in_use),
            )
        )
    return in_use[0] if in_use else codebook.code(name).path
