"""A server of language models on this machine that speaks both protocols, well or badly.

Its model gives a code to a passage that has one of the words it was told for that code. A test
chooses what goes wrong: prompts cut off in silence, no answer, nonsense, invented quotes.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

NAME = "proef:1b"
DIGEST = "sha256:0123456789abcdef0123456789abcdef"
BYTES_PER_TOKEN = 4


@dataclass
class ModelServer:
    """What a running server does, and what it was asked.

    Attributes:
        words: Per label of a code the words that speak for it.
        failure: ``""``, ``nonsense``, ``invent``, ``stall``, ``drip``, ``truncate``, ``redirect``,
            ``refuse``, ``uncounted``, ``unfinished`` or ``schema``.
        after: How many prompts are answered well before that.
        window: Tokens that it reads at most; 0 for as many as the caller asks for.
        tells_window: Whether it tells how many.
        digest: Checksum of its model.
        prompts: The prompts that it was sent.
        paths: The paths that it was asked for.
    """

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    failure: str = ""
    after: int = 0
    window: int = 0
    tells_window: bool = True
    digest: str = DIGEST
    prompts: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, prompt: str) -> str:
        """Return what the model writes."""
        # It stands for a prompt that it was given whole: what is cut off it cannot know.
        label = re.search(r"^Code: (.*)$", prompt, re.MULTILINE)
        passages = []
        for number, text in re.findall(r"^(\d+)\. (.*)$", prompt, re.MULTILINE):
            for word in self.words.get(label[1], ()) if label else ():
                if word in text:
                    given = "verzonnen woorden" if self.fails("invent") else word
                    passages.append({"number": int(number), "words": given})
        if self.fails("schema"):
            passages.append({"number": 99, "words": "x", "sure": True})
        return json.dumps({"passages": passages}, ensure_ascii=False)

    def fails(self, failure: str) -> bool:
        """Tell whether the server fails in some way now."""
        return self.failure == failure and len(self.prompts) > self.after


class _Handler(BaseHTTPRequestHandler):
    state: ModelServer

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - its own name
        del format, arguments

    def do_GET(self) -> None:
        state = self.state
        state.paths.append(self.path)
        if self.path == "/api/tags":
            self._send({"models": [{"name": NAME, "digest": state.digest}]})
        elif self.path == "/v1/models":
            self._send({"data": [{"id": NAME}]})
        elif self.path == "/props" and state.tells_window:
            self._send(
                {
                    "default_generation_settings": {"n_ctx": state.window or 4096},
                    "model_path": "/models/proef-Q4_K_M.gguf",
                }
            )
        else:
            self._send({"error": "not found"}, 404)

    def do_POST(self) -> None:
        state = self.state
        state.paths.append(self.path)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if state.failure == "redirect":
            self.send_response(307)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
        elif self.path == "/api/show" and body["model"] == NAME:
            info = {"general.architecture": "proef", "proef.context_length": 131072}
            self._send({"details": {"quantization_level": "Q4_K_M"}, "model_info": info})
        elif self.path == "/api/chat":
            text, tokens = self._say(body["messages"], int(body["options"]["num_ctx"]))
            finished = "length" if state.fails("unfinished") else "stop"
            answer = {"message": {"content": text}, "done": True, "done_reason": finished}
            self._answer(answer if tokens is None else {**answer, "prompt_eval_count": tokens})
        elif self.path == "/v1/chat/completions":
            text, tokens = self._say(body["messages"], state.window or 4096)
            finished = "length" if state.fails("unfinished") else "stop"
            choice = {"message": {"content": text}, "finish_reason": finished}
            usage = {} if tokens is None else {"usage": {"prompt_tokens": tokens}}
            self._answer({"choices": [choice], **usage})
        else:
            self._send({"error": "no such model"}, 404)

    def _say(self, messages: list[dict[str, str]], window: int) -> tuple[str, int | None]:
        state = self.state
        whole = "\n".join(message["content"] for message in messages)
        state.prompts.append(whole)
        data = whole.encode()
        if state.fails("truncate"):
            # As servers do: the beginning goes, with the rules and the entry.
            data = data[-(state.window or window) * BYTES_PER_TOKEN :]
        prompt = data.decode("utf-8", "ignore")
        text = "Natuurlijk! Hier is uw JSON." if state.fails("nonsense") else state.answer(prompt)
        tokens = None if state.fails("uncounted") else len(data) // BYTES_PER_TOKEN
        return text, tokens

    def _answer(self, value: Any) -> None:
        state = self.state
        if state.fails("refuse"):
            self._send({"error": "out of memory"}, 500)
        elif state.fails("stall"):
            time.sleep(30)
        elif state.fails("drip"):
            self.send_response(200)
            self.end_headers()
            for _ in range(300):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
        else:
            self._send(value)

    def _send(self, value: Any, status: int = 200) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def running_server(**settings: Any) -> Iterator[ModelServer]:
    """Run a server on a free port of this machine."""
    state = ModelServer(**settings)
    handler = type("Handler", (_Handler,), {"state": state})

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Say nothing: a client that goes away is what some tests are about."""

    server = Server(("127.0.0.1", 0), handler)
    # A handler that stalls must not hold up the end of a test.
    server.block_on_close = False
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
