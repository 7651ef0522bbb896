"""An attribute with its value, as a person writes it: ``group=users``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.model import Case


def split_attribute(text: str, cases: Iterable[Case]) -> tuple[str, str] | None:
    """Return the name and the value in ``NAME=VALUE``; None where the text has another form.

    A name may contain the sign itself, such as ``Sex (1=man, 2=woman)``: the longest name that
    respondents have counts, otherwise what stands before the first sign.

    Args:
        text: What was written.
        cases: The respondents, with their attributes.
    """
    names = {name for case in cases for name in case.all_attributes() if name}
    fitting = [name for name in names if text.startswith(f"{name}=")]
    if fitting:
        name = max(fitting, key=len)
        return name, text[len(name) + 1 :].strip()
    name, sign, value = text.partition("=")
    return (name.strip(), value.strip()) if sign and name.strip() else None
