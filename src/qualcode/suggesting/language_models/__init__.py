"""Language models that a researcher runs on the same machine: one more suggester.

``connection`` reaches a server, ``servers`` speaks its protocol, ``prompts`` and ``replies`` say
what is asked and what an answer must look like, ``questions`` asks, and ``suggester`` reads the
answers that were kept. Nothing else of the program opens a connection.
"""

from typing import TYPE_CHECKING

from qualcode.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from qualcode.suggesting.language_models.answers import Answers
    from qualcode.suggesting.language_models.connection import Connection
    from qualcode.suggesting.language_models.prompts import describe_codes
    from qualcode.suggesting.language_models.questions import AskedModel, ask_about, describe_model
    from qualcode.suggesting.language_models.servers import ModelServer, open_server
    from qualcode.suggesting.language_models.suggester import LanguageModelSuggester

__all__ = [
    "Answers",
    "AskedModel",
    "Connection",
    "LanguageModelSuggester",
    "ModelServer",
    "ask_about",
    "describe_codes",
    "describe_model",
    "open_server",
]

if not TYPE_CHECKING:
    __getattr__ = lazy_exports(__name__)
