"""The two protocols of servers of language models: Ollama's own, and OpenAI's.

Ollama: https://github.com/ollama/ollama/blob/main/docs/api.md; OpenAI's chat completions are
spoken by llama.cpp, LM Studio and vLLM, each of which tells the window elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

from qualcode.errors import ModelServerError, UnknownNameError
from qualcode.messages import Message
from qualcode.model import LanguageModel, ServerProtocol
from qualcode.suggesting.language_models.connection import Connection
from qualcode.suggesting.language_models.prompts import Prompt
from qualcode.suggesting.language_models.replies import SCHEMA

USUAL_WINDOW = 8192
"""Tokens of the window where the server lets the caller choose: more costs memory."""
_QUANTISATION = re.compile(r"\b(?:I?Q\d\w*|BF16|F16|F32|MXFP4)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a server tells of a model; 0 and ``""`` for what it does not tell."""

    digest: str = ""
    quantisation: str = ""
    window: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    Attributes:
        text: What the model wrote.
        prompt_tokens: Tokens that the server read; None where it does not tell.
        finished: Whether the model ended the answer itself.
    """

    text: str
    prompt_tokens: int | None
    finished: bool


class ModelServer(Protocol):
    """A server of language models."""

    def find_model(self, name: str, window: int) -> ModelFacts:
        """Return what the server tells of a model.

        Args:
            name: Name of the model.
            window: Tokens that the caller wants; 0 for as many as usual.
        """

    def ask(self, prompt: Prompt, model: LanguageModel) -> Reply:
        """Return the answer to a prompt."""


def open_server(protocol: ServerProtocol, connection: Connection) -> ModelServer:
    """Return the server at a connection."""
    if protocol is ServerProtocol.OLLAMA:
        return OllamaServer(connection)
    return OpenAIServer(connection)


class OllamaServer:
    """A server that speaks Ollama's own protocol."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find_model(self, name: str, window: int) -> ModelFacts:
        """Return digest, quantisation, and the window that is asked for in each question."""
        details = _mapping(self._connection.post("/api/show", {"model": name}))
        if not details:
            raise _unknown_model(name)
        tags = _mapping(self._connection.get("/api/tags")).get("models")
        # Ollama takes a name without a tag for the one tagged latest
        names = (name, f"{name}:latest")
        digest = next((t.get("digest") for t in _mappings(tags) if t.get("name") in names), None)
        info = _mapping(details.get("model_info"))
        largest = next((v for k, v in info.items() if k.endswith(".context_length")), 0)
        num_ctx = window or USUAL_WINDOW
        return ModelFacts(
            str(digest or ""),
            str(_mapping(details.get("details")).get("quantization_level") or ""),
            min(num_ctx, largest) if _is_count(largest) else num_ctx,
        )

    def ask(self, prompt: Prompt, model: LanguageModel) -> Reply:
        """Return the answer to a prompt."""
        answer = self._connection.post(
            "/api/chat",
            {
                "model": model.name,
                "messages": _messages(prompt),
                "stream": False,
                "format": SCHEMA,
                "options": {
                    "temperature": model.temperature,
                    "seed": model.seed,
                    # Without it the server takes a small window and drops the rest in silence.
                    "num_ctx": model.window,
                    "num_predict": model.longest_answer,
                },
            },
        )
        answer = _mapping(answer)
        text = _mapping(answer.get("message")).get("content")
        return Reply(
            text if isinstance(text, str) else "",
            _count(answer.get("prompt_eval_count")),
            answer.get("done_reason", "stop") == "stop",
        )


class OpenAIServer:
    """A server that speaks OpenAI's protocol, such as llama.cpp or LM Studio."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find_model(self, name: str, window: int) -> ModelFacts:
        """Return what the server tells of a model; the smaller of two windows."""
        listed = _mappings(_mapping(self._connection.get("/v1/models")).get("data"))
        row = next((row for row in listed if row.get("id") == name), None)
        if row is None:
            raise _unknown_model(name, [str(row.get("id")) for row in listed])
        props = self._optional("/props")
        studio = self._optional(f"/api/v0/models/{quote(name)}")
        server_windows = [
            row.get("max_model_len"),
            _mapping(props.get("default_generation_settings")).get("n_ctx"),
            # a model may be loaded with a smaller window than it could have
            studio.get("loaded_context_length") or studio.get("max_context_length"),
        ]
        windows = [
            count for value in (*server_windows, window) if (count := _count(value)) is not None
        ]
        file_name = str(props.get("model_path") or name)
        quantisation = _QUANTISATION.search(file_name.replace("-", " ").replace(".", " "))
        return ModelFacts(
            "",
            str(studio.get("quantization") or (quantisation[0] if quantisation else "")),
            min(windows, default=0),
        )

    def ask(self, prompt: Prompt, model: LanguageModel) -> Reply:
        """Return the answer to a prompt."""
        answer = self._connection.post(
            "/v1/chat/completions",
            {
                "model": model.name,
                "messages": _messages(prompt),
                "stream": False,
                "temperature": model.temperature,
                "seed": model.seed,
                "max_tokens": model.longest_answer,
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "passages", "strict": True, "schema": SCHEMA},
                },
            },
        )
        choices = _mappings(_mapping(answer).get("choices"))
        choice = choices[0] if choices else {}
        text = _mapping(choice.get("message")).get("content")
        return Reply(
            text if isinstance(text, str) else "",
            _count(_mapping(_mapping(answer).get("usage")).get("prompt_tokens")),
            choice.get("finish_reason", "stop") == "stop",
        )

    def _optional(self, path: str) -> Mapping[str, Any]:
        """Return what only some servers tell."""
        try:
            return _mapping(self._connection.get(path))
        except ModelServerError:
            return {}


def _messages(prompt: Prompt) -> list[dict[str, str]]:
    return [
        {"role": "system", "content": prompt.rules},
        {"role": "user", "content": prompt.question},
    ]


# Nothing that a server sends may be trusted to have a certain shape.


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _count(value: Any) -> int | None:
    return value if _is_count(value) else None


def _unknown_model(name: str, known_names: list[str] | None = None) -> UnknownNameError:
    return UnknownNameError(
        Message(
            "The server has no model '{name}'. It has: {names}.",
            name=name,
            names=", ".join(known_names),
        )
        if known_names
        else Message("The server has no model '{name}'.", name=name)
    )
