"""A language model of one's own: what is asked, what is believed, and what is refused."""

from __future__ import annotations

import json
import socket
import time
from typing import Any, cast

import pytest

from model_server import NAME, running_server
from qualcode.errors import InvalidValueError, ModelServerError, UnknownNameError
from qualcode.language import load_language
from qualcode.model import LanguageModel, ServerProtocol
from qualcode.suggesting import Ranker, SegmentText
from qualcode.suggesting.language_models import (
    Answers,
    AskedModel,
    Connection,
    LanguageModelSuggester,
    ask_about,
    describe_codes,
    describe_model,
    open_server,
)
from qualcode.suggesting.language_models.connection import find_address
from qualcode.suggesting.language_models.replies import (
    UnusableReplyError,
    find_words,
    read_reply,
)
from small_book import BOOK

NL = load_language("nl")
WORDS = {"Geld": ("euro", "betaal"), "Verkrijgbaarheid": ("dealer",)}
TEXTS = (
    "Ik betaal vijftig euro per keer.",
    "De dealer staat voor de deur.",
    "Ja, dat was gezellig.",
)
SEGMENTS = [SegmentText(str(n), text) for n, text in enumerate(TEXTS)]
PROTOCOLS = [*ServerProtocol]


def ask(
    server: Any,
    protocol: ServerProtocol = ServerProtocol.OLLAMA,
    *,
    kept: dict[str, bytes] | None = None,
    segments: list[SegmentText] = SEGMENTS,
    window: int = 0,
    patience: float = 5.0,
    tell: Any = lambda _share: None,
) -> tuple[Any, LanguageModel, Answers]:
    """Ask a server about all codes of the small book."""
    connection = Connection(server.url, lambda: tell(0.0), patience)
    opened = open_server(protocol, connection)
    model = describe_model(opened, server.url, protocol, NAME, window)
    answers = Answers({} if kept is None else kept)
    entries = describe_codes(BOOK, "nl")
    report = ask_about(AskedModel(opened, model), entries, segments, "nl", answers, tell=tell)
    return report, model, answers


# --- where it may be ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.1.20:11434",
        "http://8.8.8.8",
        "http://0.0.0.0:11434",
        "http://[2001:db8::1]:11434",
        "http://169.254.169.254/latest",
        "http://[::ffff:8.8.8.8]:11434",
    ],
)
def test_another_machine_is_refused_with_the_reason(url: str) -> None:
    with pytest.raises(InvalidValueError, match="another machine"):
        find_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:11434",
        "127.0.0.1:11434",
        "ftp://127.0.0.1",
        "http://me:secret@127.0.0.1",
        "http://127.0.0.1:99999",
        "http://",
        "",
        "http://127.0.0.1/?a=b",
        "http://127.0.0.1/é",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(InvalidValueError, match="not the address"):
        find_address(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:11434", "http://127.3.2.1", "http://[::1]:80"])
def test_this_machine_is_taken(url: str) -> None:
    find_address(url)


def test_a_name_that_means_another_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_arguments: Any, **_options: Any) -> list[Any]:
        return [(2, 1, 6, "", ("127.0.0.1", 80)), (2, 1, 6, "", ("93.184.216.34", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(InvalidValueError, match=r"93\.184\.216\.34"):
        find_address("http://localhost")


def test_a_name_that_changes_its_meaning_later_is_refused_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with running_server() as server:
        connection = Connection(server.url)

        def resolve(*_arguments: Any, **_options: Any) -> list[Any]:
            return [(2, 1, 6, "", ("10.0.0.7", 80))]

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        with pytest.raises(InvalidValueError, match="another machine"):
            connection.get("/v1/models")
        assert not server.paths


def test_localhost_is_tried_at_each_of_its_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = socket.getaddrinfo

    def resolve_localhost(host: str, port: int, *arguments: Any, **options: Any) -> list[Any]:
        if host != "localhost":
            return resolve(host, port, *arguments, **options)
        return [(10, 1, 6, "", ("::1", port, 0, 0)), (2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve_localhost)
    with running_server() as server:
        url = server.url.replace("127.0.0.1", "localhost")
        assert Connection(url).get("/v1/models") == {"data": [{"id": NAME}]}


def test_an_address_of_ipv6_is_named_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []

    def connect(place: Any, *_arguments: Any) -> socket.socket:
        ours, theirs = socket.socketpair()
        theirs.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        sent.append((place, theirs))
        return ours

    monkeypatch.setattr(socket, "create_connection", connect)
    assert Connection("http://[::1]:11434").get("/api/tags") == {}
    ((place, theirs),) = sent
    assert place == ("::1", 11434)
    assert b"Host: [::1]:11434" in theirs.recv(4096)
    theirs.close()


def test_what_a_server_tells_of_a_model_may_lack_anything() -> None:
    class Stub:
        """A connection to a server that tells next to nothing."""

        def get(self, path: str) -> Any:
            assert path.isascii()
            return {"models": [{"name": NAME}], "data": [{"id": "José/model"}]}

        def post(self, _path: str, _value: Any) -> Any:
            return {"details": None}

    ollama = open_server(ServerProtocol.OLLAMA, cast("Connection", Stub()))
    assert ollama.find_model(NAME, 0).digest == ""
    other = open_server(ServerProtocol.OPENAI, cast("Connection", Stub()))
    assert other.find_model("José/model", 4096).window == 4096


def test_proxies_of_the_system_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    with running_server(words=WORDS) as server:
        assert ask(server)[0].codes_given == 2


def test_a_redirection_is_not_followed() -> None:
    with running_server(failure="redirect") as server:
        with pytest.raises(ModelServerError, match="not followed"):
            ask(server)
        assert server.paths == ["/api/show"]


def test_a_server_that_is_not_there_is_told_of() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ModelServerError, match="Start it first"):
        Connection(url).get("/api/tags")


# --- what is asked and kept --------------------------------------------------------------------


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_both_protocols_give_codes_with_their_words(protocol: ServerProtocol) -> None:
    with running_server(words=WORDS) as server:
        report, model, answers = ask(server, protocol)
    assert (report.texts, report.new_judgements, report.known_judgements) == (
        3,
        3 * len(BOOK.codes),
        0,
    )
    # two words speak for money in one passage, which is one code given
    assert (report.codes_given, report.invented, report.unusable) == (2, 0, 0)
    assert model.quantisation == "Q4_K_M"
    assert model.digest == ("sha256:0123456789abcdef0123456789abcdef" * (protocol == "ollama"))
    assert "prompt=1 temperature=0 seed=1" in model.description
    ranker = Ranker(BOOK, NL)
    suggester = LanguageModelSuggester(ranker.book, "nl", model, answers)
    ranking = ranker.with_suggesters(suggester).rank(SEGMENTS)
    (first, *_rest) = ranking.of(0, 1)
    assert first.code == "influences/finances"
    assert first.version.endswith(model.description)
    (reason,) = [r for r in first.reasons if r.suggester == "language_model"]
    assert reason.words == ("euro", "betaal")
    assert [span.of(TEXTS[0]) for span in reason.spans] == ["euro", "betaal"]
    # a suggestion that the model does not speak for does not name it
    assert all(" with " not in s.version for s in ranking.of(2, 5))
    assert suggester.count_judged(SEGMENTS) == 3
    assert suggester.count_judged([SegmentText("x", "Iets anders.")]) == 0


def test_the_prompt_has_the_entry_and_no_terms_in_the_language_of_the_interview() -> None:
    with running_server(words=WORDS) as server:
        ask(server, segments=[SegmentText("1", "Ja hoor.", "Hoe kom je eraan?")])
    (prompt,) = [p for p in server.prompts if "\nCode: Verkrijgbaarheid" in p]
    assert "Omschrijving: Hoe makkelijk iemand eraan komt." in prompt
    assert "Thema: Invloeden" in prompt
    assert "Vraag van de interviewer: Hoe kom je eraan?" in prompt
    assert "bestellen" not in prompt


def test_nothing_is_asked_twice() -> None:
    kept: dict[str, bytes] = {}
    with running_server(words=WORDS) as server:
        ask(server, kept=kept)
        count = len(server.prompts)
        report, _, _ = ask(server, kept=kept)
        assert len(server.prompts) == count
    assert (report.new_judgements, report.known_judgements, report.codes_given) == (0, 18, 2)
    # places only: no word of a respondent is kept
    assert not any(b"euro" in value or b"dealer" in value for value in kept.values())


def test_after_a_stop_asking_goes_on_from_there() -> None:
    class StoppedError(Exception):
        pass

    kept: dict[str, bytes] = {}

    def stop(share: float) -> None:
        if share > 0.5:
            raise StoppedError

    with running_server(words=WORDS) as server:
        with pytest.raises(StoppedError):
            ask(server, kept=kept, tell=stop)
        before = len(server.prompts)
        assert 0 < len(kept) < 18
        report, _, _ = ask(server, kept=kept)
    assert report.known_judgements == 18 - report.new_judgements > 0
    assert len(server.prompts) < 2 * before + 3


def test_stop_ends_a_question_that_is_under_way() -> None:
    class StoppedError(Exception):
        pass

    begun = time.monotonic()

    def stop(_share: float) -> None:
        if time.monotonic() > begun + 0.5:
            raise StoppedError

    with running_server(failure="stall", words=WORDS) as server, pytest.raises(StoppedError):
        ask(server, tell=stop, patience=30)
    assert time.monotonic() < begun + 25


# --- what is not believed ----------------------------------------------------------------------


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_invented_quotes_are_dropped_and_counted(protocol: ServerProtocol) -> None:
    with running_server(words=WORDS, failure="invent") as server:
        report, _, _ = ask(server, protocol)
    assert (report.codes_given, report.invented) == (0, 3)


@pytest.mark.parametrize("failure", ["nonsense", "schema", "unfinished"])
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_model_that_answers_nonsense_is_given_up(protocol: ServerProtocol, failure: str) -> None:
    kept: dict[str, bytes] = {}
    with (
        running_server(words=WORDS, failure=failure, after=2) as server,
        pytest.raises(ModelServerError, match="answers in a row"),
    ):
        ask(server, protocol, kept=kept)
    assert kept


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_server_that_cuts_prompts_off_in_silence_is_found_out(protocol: ServerProtocol) -> None:
    with running_server(words=WORDS, failure="truncate", window=40) as server:
        # it tells a larger window than it has
        server.tells_window = False
        with pytest.raises(ModelServerError, match="cuts prompts off"):
            ask(server, protocol, window=4096)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_cut_that_begins_later_is_found_out_and_its_answer_not_kept(
    protocol: ServerProtocol,
) -> None:
    kept: dict[str, bytes] = {}
    with running_server(words=WORDS, failure="truncate", after=3) as server:
        server.window, server.tells_window = 120, False
        with pytest.raises(ModelServerError, match="cuts prompts off"):
            ask(server, protocol, kept=kept, window=4096)
    assert len(kept) == 6


def test_a_server_that_counts_no_tokens_is_refused() -> None:
    with (
        running_server(failure="uncounted") as server,
        pytest.raises(ModelServerError, match="how many tokens it read"),
    ):
        ask(server)


def test_prompts_are_made_to_fit_the_window_before_they_are_sent() -> None:
    long = SegmentText("l", "Het was een lange dag en ik was moe. " * 200)
    with running_server(words=WORDS) as server:
        report, model, _ = ask(server, segments=[*SEGMENTS, long], window=1500)
    assert report.too_long == 1
    assert report.codes_given == 2
    room = model.window - model.longest_answer
    assert max(len(prompt.encode()) / 4 for prompt in server.prompts) <= room


@pytest.mark.slow
@pytest.mark.parametrize("failure", ["stall", "drip"])
def test_a_server_that_stalls_is_given_up_and_answers_stay(failure: str) -> None:
    kept: dict[str, bytes] = {}
    begun = time.monotonic()
    with (
        running_server(words=WORDS, failure=failure, after=3) as server,
        pytest.raises(ModelServerError, match="no answer within"),
    ):
        ask(server, kept=kept, patience=1.0)
    assert len(kept) == 6
    assert time.monotonic() < begun + 25


def test_a_server_that_refuses_says_so() -> None:
    with (
        running_server(failure="refuse") as server,
        pytest.raises(ModelServerError, match="status 500"),
    ):
        ask(server)


def test_a_model_that_the_server_has_not_is_named() -> None:
    with running_server() as server:
        for protocol in ServerProtocol:
            opened = open_server(protocol, Connection(server.url))
            with pytest.raises(UnknownNameError, match="no model 'other'"):
                describe_model(opened, server.url, protocol, "other")


def test_without_a_known_window_the_caller_must_say() -> None:
    with running_server(tells_window=False) as server:
        opened = open_server(ServerProtocol.OPENAI, Connection(server.url))
        with pytest.raises(ModelServerError, match="--window"):
            describe_model(opened, server.url, ServerProtocol.OPENAI, NAME)
        assert describe_model(opened, "", ServerProtocol.OPENAI, NAME, 2048).window == 2048


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"passages": {}}',
        '{"passages": [{"number": 1}]}',
        '{"passages": [{"number": "1", "words": "a"}]}',
        '{"passages": [{"number": true, "words": "a"}]}',
        '{"passages": [{"number": 3, "words": "a"}]}',
        '{"passages": [{"number": 0, "words": "a"}]}',
        '{"passages": [], "more": 1}',
        "[" * 100_000,
    ],
)
def test_only_answers_of_the_schema_are_read(text: str) -> None:
    with pytest.raises(UnusableReplyError):
        read_reply(text, 2)


def test_an_answer_of_the_schema_is_read() -> None:
    text = json.dumps({"passages": [{"number": 2, "words": "een"}]})
    assert read_reply(text, 2) == [(1, "een")]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("de dealer", (3, 12)),
        ("“de dealer”", (3, 12)),
        ("dealer\nkomt", None),
        ("dealer belt", (6, 17)),
        ("De dealer", None),
        ("eale", None),
        ("", None),
        ("...", None),
        ("dealer belt. Ja", (6, 21)),
    ],
)
def test_words_must_stand_literally_in_the_text(words: str, place: tuple[int, int] | None) -> None:
    assert find_words(words, "Ja de dealer belt.\nJa.") == place
