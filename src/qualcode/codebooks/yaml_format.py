"""Loads codebooks and guides from YAML, and writes codebooks."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from qualcode.codebooks.entries import TEXTS
from qualcode.codebooks.yaml_errors import explain
from qualcode.errors import InvalidCodebookError
from qualcode.messages import Message
from qualcode.model import Code, Codebook

CODEBOOK_FORMAT = "qualcode-codebook/1"
GUIDE_FORMAT = "qualcode-guide/1"

# An asterisk where a value may begin; in a text it may be emphasis, so the parser decides.
_MAY_HAVE_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*\S", re.MULTILINE)


def load_yaml(text: str, file: str, expected: str) -> Mapping[str, Any]:
    """Return the fields of a YAML text in the ``expected`` format.

    Raises:
        InvalidCodebookError: It is not YAML, or has another format; the message names the line.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        # pure: the C parser, if installed, crashes on a hundred thousand brackets.
        if _MAY_HAVE_ALIAS.search(text):
            _refuse_aliases(text, file)
        data = YAML(typ="safe", pure=True).load(text)
    # Lists nested deep enough exhaust the recursion of the pure parser.
    except (YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        if mark is None:
            message = Message("'{file}' is not valid YAML: {problem}.", file=file, problem=problem)
        else:
            message = Message(
                "'{file}' is not valid YAML (line {line}): {reason}",
                file=file,
                line=mark.line + 1,
                reason=explain(str(problem), text, mark.line + 1),
            )
        raise InvalidCodebookError(message) from error
    if not isinstance(data, Mapping):
        raise InvalidCodebookError(
            Message(
                "'{file}' holds no fields. It should begin with 'format: {expected}'.",
                file=file,
                expected=expected,
            )
        )
    # People who write a book by hand leave the format out, which is no error.
    file_format = data.get("format", expected)
    if file_format != expected:
        raise InvalidCodebookError(
            Message(
                "'{file}' says 'format: {file_format}'; '{expected}' was expected. Is it a "
                "newer file, or the wrong one?",
                file=file,
                file_format=file_format,
                expected=expected,
            )
        )
    return data


def _refuse_aliases(text: str, file: str) -> None:
    """Refuse a text that repeats a part of itself: a short one could stand for gigabytes."""
    from ruamel.yaml import YAML
    from ruamel.yaml.events import AliasEvent

    for event in YAML(typ="safe", pure=True).parse(text):
        if isinstance(event, AliasEvent):
            raise InvalidCodebookError(
                Message(
                    "'{file}' refers to another part of itself (line {line}: *{anchor}). Write "
                    "that part out.",
                    file=file,
                    line=event.start_mark.line + 1,
                    anchor=event.anchor,
                )
            )


def as_yaml(codebook: Codebook) -> str:
    """Return a codebook, retired codes included, as YAML that reads well in a diff."""
    from ruamel.yaml import YAML

    yaml = YAML()
    # A stable layout keeps the differences between two versions small.
    yaml.width = 100
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    data: dict[str, Any] = {"format": CODEBOOK_FORMAT, "name": codebook.name}
    if codebook.title:
        data["title"] = dict(codebook.title)
    data |= {"language": codebook.language, "version": codebook.version}
    data["codes"] = [_code_data(code, codebook) for code in codebook.themes]
    out = io.StringIO()
    yaml.dump(_quoted(data), out)
    return out.getvalue()


def _quoted(value: Any) -> Any:
    """Quote texts with a NEL character, which YAML reads as a line end."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, dict):
        return {key: _quoted(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_quoted(item) for item in value]
    if isinstance(value, str) and "\x85" in value:
        return DoubleQuotedScalarString(value)
    return value


def _code_data(code: Code, codebook: Codebook) -> dict[str, Any]:
    data: dict[str, Any] = {"name": code.name}
    data |= {name: dict(getattr(code, name)) for name in TEXTS if getattr(code, name)}
    examples = {
        name: dict(getattr(code, name)) for name in Code.EXAMPLE_FIELDS if getattr(code, name)
    }
    if examples:
        data["examples"] = examples
    if code.terms:
        data["terms"] = list(code.terms)
    data["color"] = code.color
    if code.attributes:
        data["attributes"] = {key: list(values) for key, values in code.attributes.items()}
    if code.id:
        data["id"] = code.id
    if code.retired:
        data["retired"] = True
    if code.merged_into:
        data["merged_into"] = code.merged_into
    children = codebook.children(code.path)
    if children:
        data["codes"] = [_code_data(child, codebook) for child in children]
    return data
