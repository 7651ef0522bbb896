"""Converts a message to JSON text and back, so that a stored sentence keeps its values."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from string import Formatter
from typing import Any

from qualcode.messages import Message, rebuild

_PREFIX = '{"template":'


def pack_message(text: str) -> str:
    """Return a message as JSON text, and any other text as it is."""
    if isinstance(text, Message):
        return json.dumps(_pack(text), ensure_ascii=False)
    # What a person wrote is no message, even if it looks like one.
    return pack_message(Message("{text}", text=text)) if text.startswith(_PREFIX) else text


def unpack_message(stored: str) -> str:
    """Return the message of a stored text; a text that holds none comes back as it is."""
    if not stored.startswith(_PREFIX):
        return stored
    try:
        message: Message = _unpack(json.loads(stored))
    except (ValueError, KeyError, TypeError):
        return stored
    return message


def rewrite_values(text: str, rewrite: Callable[[str], str]) -> str:
    """Return a text with its words rewritten; of a message only the values.

    Args:
        text: A message, or what a person wrote.
        rewrite: Text -> text, such as the replacement of names.
    """
    if not isinstance(text, Message):
        return rewrite(text)
    values = {name: _rewrite_value(value, rewrite) for name, value in text.values.items()}
    return rebuild(text.template, values, text.plural, text.context)


def _rewrite_value(value: object, rewrite: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return rewrite_values(value, rewrite)
    if isinstance(value, (tuple, list)):
        return tuple(_rewrite_value(name, rewrite) for name in value)
    return value


def _pack(value: object) -> Any:
    if isinstance(value, Message):
        packed = {name: _pack(part) for name, part in value.values.items()}
        return {
            "template": value.template,
            "values": packed,
            "plural": value.plural,
            "context": value.context,
        }
    return [_pack(part) for part in value] if isinstance(value, (tuple, list)) else value


def _unpack(packed: Any) -> Any:
    if isinstance(packed, list):
        return tuple(map(_unpack, packed))
    if not isinstance(packed, dict):
        return packed
    values = {name: _unpack(part) for name, part in packed["values"].items()}
    for template in (packed["template"], packed["plural"]):
        _refuse_lookups(template)
    return rebuild(packed["template"], values, packed["plural"], packed["context"])


def _refuse_lookups(template: str) -> None:
    """Refuse a hole that looks into its value: a project file may come from anyone."""
    for _, name, spec, mark in Formatter().parse(template):
        if name is not None and (spec or mark or not re.fullmatch(r"\w+", name)):
            raise ValueError(template)
