"""Reads REFI-QDA files (``.qdpx``, ``.qdc``) of any program into an ExchangeProject."""

from qualcode.importing.refi.as_json import exchange_as_json
from qualcode.importing.refi.reader import REFI_SUFFIXES, read_refi

__all__ = ["REFI_SUFFIXES", "exchange_as_json", "read_refi"]
