"""Projects to exchange: one in miniature, and any at all for Hypothesis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from qualcode.model import (
    CONSENSUS,
    Case,
    Choice,
    Code,
    Codebook,
    Coding,
    Decision,
    Event,
    ExchangeProject,
    ExchangeSource,
    FrozenMap,
    Guide,
    LocalText,
    Memo,
    MemoTarget,
    Original,
    Participation,
    Question,
    Role,
    Round,
    Span,
    Speaker,
    Transcript,
    Turn,
)

TEXT = "I: Hoe was het?\nR: Een groot feest 😀, met muziek.\nI: En toen?\nR: Naar huis."
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def interview(name: str = "G01", text: str = TEXT) -> Transcript:
    """Return a transcript with turns."""
    spans = ((3, 15), (19, 49), (53, 61), (65, 75)) if text == TEXT else ()
    turns = tuple(Turn(n, "IR"[n % 2 == 0], Span(*s), n * 1000) for n, s in enumerate(spans, 1))
    # The roles of one interview are confirmed, those of the other are proposed.
    is_sure = name == "G01"
    people = (Speaker("I", Role.INTERVIEWER, is_sure), Speaker("R", Role.RESPONDENT, is_sure))
    return Transcript(name, text, people, turns, f"{name}.docx")


def coding(words: str, code: str, coder: str, number: int, **more: Any) -> Coding:
    """Return a coding of words in the usual text."""
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    made = {"created_at": AT + timedelta(seconds=number)} | more
    return Coding(f"{number:032x}", "G01", span, words, code, coder, **made)


def study() -> ExchangeProject:
    """Return a project that has something of everything."""
    codes = (
        Code("feest", LocalText({"nl": "Feest", "en": "Party"}), id="a" * 32, terms=("feest",)),
        Code(
            "feest/muziek",
            LocalText({"nl": "Muziek & dans"}),
            definition=LocalText({"nl": "Waar muziek\nklinkt."}),
            include=LocalText({"nl": "Ook zingen"}),
            color="#aa00ff",
            attributes=FrozenMap({"level": ("group", "person")}),
            id="own id",
        ),
        Code("oud", id="b" * 32, retired=True, merged_into="a" * 32),
    )
    codings = (
        coding("Een groot feest", "feest", "Anna", 1, memo="mooi", origin="table:codings_anna.csv"),
        coding("met muziek", "feest/muziek", "Anna", 2, round="r1"),
        coding("met muziek", "feest/muziek", "Ben", 3),
        coding("met muziek", "feest/muziek", CONSENSUS, 4, origin="adjudication"),
    )
    return ExchangeProject(
        name="Uitgaan & zo",
        sources=(
            ExchangeSource(interview(), Original("G01.docx", b"PK not really a docx")),
            ExchangeSource(interview("G02", "R: Niets.")),
        ),
        codebook=Codebook("uitgaan", codes, 3, LocalText({"nl": "Uitgaan"})),
        coders=("Anna", "Ben", "Chris", CONSENSUS),
        codings=codings,
        cases=(
            Case(
                "G1",
                FrozenMap({"group": "users", "sex": "vrouw"}),
                participations=Participation.in_each("G01"),
            ),
            Case("G2"),
        ),
        memos=(
            Memo("1" * 32, MemoTarget.PROJECT, "", "Over alles", "Anna", AT),
            Memo("2" * 32, MemoTarget.CODE, "feest/muziek", "Te breed?", "Ben", AT),
            Memo("3" * 32, MemoTarget.CODING, f"{2:032x}", "Twijfel", "Anna", AT),
            Memo("4" * 32, MemoTarget.TURN, "G01#2", "Lacht", "", AT),
            Memo("5" * 32, MemoTarget.CASE, "G1", "Kent G2", "Anna", AT),
            Memo("6" * 32, MemoTarget.CODER, "Ben", "Nieuw", "Anna", AT),
        ),
        rounds=(Round("r1", ("Anna", "Ben"), ("G01",), closed=True, handed_in=("Anna", "Ben")),),
        guides=(Guide("g", "users", (Question("U1", LocalText({"nl": "Hoe?"}), ("feest",)),)),),
        decisions=(Decision("d1", Choice.BOTH, "Anna", "G01", "boundary", decided_at=AT),),
        events=(
            Event(1, 1, AT, "Anna", "coding.add", "x", "", '{"coder":"Anna","n":1}'),
            Event(2, 2, AT, "Ben", "coder.add", "Ben", "", '{"name":"Ben"}', undone=True),
        ),
        chosen=frozenset({f"{1:032x}"}),
        excerpts=FrozenMap({f"{1:032x}": "Een … feest"}),
        confirmed=frozenset({"G01"}),
    )


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
names = words.filter(str.strip)
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\ufeff"),
    min_size=1,
    max_size=60,
).filter(str.strip)
local = st.dictionaries(st.sampled_from(["nl", "en", "x"]), words, max_size=2).map(LocalText)
times = st.none() | st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)
ids = st.uuids().map(lambda one: one.hex) | names
SEGMENTS = ("a", "b", "code", "code_2")


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Return any codebook, its parents before their children but in any order else."""
    paths: list[str] = []
    for _ in range(draw(st.integers(0, 6))):
        parent = draw(st.sampled_from(["", *paths]))
        name = draw(st.sampled_from(SEGMENTS))
        path = f"{parent}/{name}" if parent else name
        if path not in paths:
            paths.append(path)
    keys = draw(st.lists(ids, min_size=len(paths), max_size=len(paths), unique=True))
    codes = [
        Code(
            path=path,
            id=draw(st.sampled_from([key, ""])),
            **{field: draw(local) for field in Code.TEXT_FIELDS},
            terms=tuple(draw(st.lists(words, max_size=2))),
            color=draw(st.sampled_from(["#64748b", "#FF00aa"])),
            attributes=FrozenMap(
                draw(st.dictionaries(words, st.lists(words, max_size=2).map(tuple), max_size=2))
            ),
            retired=draw(st.booleans()),
            merged_into=draw(words),
        )
        for path, key in zip(paths, keys, strict=True)
    ]
    language = draw(st.sampled_from(["nl", "en"]))
    return Codebook(draw(names), tuple(codes), draw(st.integers(1, 9)), draw(local), language)


@st.composite
def sources(draw: st.DrawFn, name: str) -> ExchangeSource:
    """Return any transcript."""
    text = draw(texts)
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=5)))
    people = draw(st.lists(names, min_size=1, max_size=2, unique=True))
    turns = tuple(
        Turn(
            2 * number + 1,
            draw(st.sampled_from(people)),
            Span(start, end),
            draw(st.none() | st.integers(0, 10**9)),
        )
        for number, (start, end) in enumerate(zip(places[::2], places[1::2], strict=False))
    )
    speakers = tuple(
        Speaker(label, draw(st.sampled_from(Role)), draw(st.booleans())) for label in people
    )
    original = draw(
        st.none()
        | st.just(Original("G.txt", text.encode()))
        | st.builds(Original, st.sampled_from(["a.docx", "b.é é", "c"]), st.binary(max_size=9))
    )
    attributes = FrozenMap(draw(st.dictionaries(words, words, max_size=1)))
    transcript = Transcript(name, text, speakers, turns, draw(words), draw(words), attributes)
    return ExchangeSource(transcript, original)


@st.composite
def projects(draw: st.DrawFn) -> ExchangeProject:
    """Return any project: odd names, ids that are no GUIDs, characters that XML cannot hold."""
    book = draw(st.none() | codebooks())
    named = draw(st.lists(names, max_size=2, unique=True))
    found = tuple(draw(sources(name)) for name in named)
    coders = tuple(draw(st.lists(names, min_size=1, max_size=3, unique=True)))
    codings: list[Coding] = []
    seen: set[object] = set()
    keys = iter(draw(st.lists(ids, min_size=8, max_size=8, unique=True)))
    for source in found if book and book.codes else ():
        for _ in range(draw(st.integers(0, 3))):
            text = source.transcript.text
            start = draw(st.integers(0, len(text) - 1))
            span = Span(start, draw(st.integers(start + 1, len(text))))
            made = Coding(
                id=next(keys),
                transcript=source.transcript.name,
                span=span,
                quote=span.of(text),
                code=draw(st.sampled_from(book.paths if book else ())),
                coder=draw(st.sampled_from(coders)),
                round=draw(st.sampled_from(["", "r1"])),
                codebook_version=draw(st.integers(1, 3)),
                memo=draw(words),
                origin=draw(st.sampled_from(["manual", "table:x.csv", ""])),
                created_at=draw(times),
            )
            place = (made.transcript, made.span, made.code, made.coder, made.round)
            if place not in seen:
                seen.add(place)
                codings.append(made)
    labels = {s.transcript.name: [x.label for x in s.transcript.speakers] for s in found}
    memo = st.builds(Memo, ids, st.sampled_from(MemoTarget), words, names, words, times)
    case = st.builds(
        Case,
        names,
        st.dictionaries(words, words, max_size=2).map(FrozenMap),
        st.lists(st.sampled_from(named or [""]), max_size=2 if named else 0, unique=True).flatmap(
            lambda given: st.tuples(
                *(
                    st.builds(
                        Participation,
                        st.just(name),
                        st.lists(st.sampled_from(labels[name]), max_size=2, unique=True).map(tuple)
                        if labels[name]
                        else st.just(()),
                        st.dictionaries(words, words, max_size=1).map(FrozenMap),
                    )
                    for name in given
                )
            )
        ),
    )
    round_ = st.builds(Round, names, st.lists(words, max_size=2).map(tuple), st.just(tuple(named)))
    event = st.builds(
        Event,
        st.integers(),
        st.integers(),
        times.filter(bool),
        words,
        words,
        words,
        words,
        words,
        st.booleans(),
    )
    return ExchangeProject(
        name=draw(names),
        language=draw(st.sampled_from(["nl", "en"])),
        sources=found,
        codebook=book,
        coders=coders,
        codings=tuple(codings),
        cases=tuple(draw(st.lists(case, max_size=2, unique_by=lambda one: one.name))),
        memos=tuple(draw(st.lists(memo, max_size=2, unique_by=lambda one: one.id))),
        rounds=tuple(draw(st.lists(round_, max_size=2))),
        events=tuple(draw(st.lists(event, max_size=2))),
        chosen=frozenset(draw(st.sets(words, max_size=2))),
        excerpts=FrozenMap(draw(st.dictionaries(words, words, max_size=2))),
        confirmed=frozenset(draw(st.sets(words, max_size=2))),
    )
