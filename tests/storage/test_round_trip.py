"""Whatever a researcher can write comes back from the store as it was, to the code point."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hypothesis_examples import examples
from qualcode.model import (
    Case,
    Code,
    Codebook,
    Coding,
    FrozenMap,
    LocalText,
    Memo,
    MemoTarget,
    Original,
    Participation,
    Role,
    Span,
    Speaker,
    Transcript,
    Turn,
)
from store_contents import Study

# One store serves all examples, which therefore carry a serial number.
SERIAL = count(1)
QUICK = settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

AWKWARD = st.sampled_from(
    [
        *(
            "😀",
            "👩\u200d👩\u200d👧",
            "e\u0301",
            "\x0b",
            "\x0c",
            "\x1c",
            "\x85",
            "\u2028",
            "\u2029",
        ),
        *("\ufeff", "\\", "'", '"', "%", "\n"),
    ]
)
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r")
WORDS = st.lists(st.one_of(AWKWARD, CHARACTERS), max_size=30).map("".join)
NAMES = WORDS.filter(str.strip)
LOCAL = st.dictionaries(st.sampled_from(["nl", "en", "fy"]), WORDS, max_size=3).map(LocalText)
COLORS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")
ATTRIBUTES = st.dictionaries(NAMES, st.lists(WORDS, max_size=3).map(tuple), max_size=3)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    serial = next(SERIAL)
    # of one length always: what is drawn next depends on the length of the text
    text = f"{serial:08}" + draw(WORDS)
    labels = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    speakers = tuple(Speaker(label, draw(st.sampled_from(Role))) for label in labels)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    turns = tuple(
        Turn(
            number,
            draw(st.sampled_from(labels)),
            Span(start, end),
            draw(st.none() | st.integers(0, 10**12)),
        )
        for number, (start, end) in enumerate(zip(cuts[::2], cuts[1::2], strict=False), 1)
    )
    return Transcript(f"{draw(WORDS)}{serial}", text, speakers, turns, draw(WORDS), draw(WORDS))


@QUICK
@given(transcript=transcripts(), data=st.binary(max_size=200))
@pytest.mark.slow
def test_any_transcript_and_file_come_back(
    study: Study, transcript: Transcript, data: bytes
) -> None:
    original = Original(transcript.source_file, data + transcript.sha256.encode())
    study.store.add_transcript(transcript, original)
    assert study.store.transcript(transcript.name) == transcript
    assert study.store.original(transcript.name) == original


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    names = st.text("abcdefghij_0123456789", min_size=1, max_size=6)
    paths: list[str] = []
    for name in draw(st.lists(names, min_size=1, max_size=8)):
        above = draw(st.sampled_from(["", *paths]))
        path = f"{above}/{name}".lstrip("/")
        if path not in paths:
            paths.append(path)
    codes = tuple(
        Code(
            path,
            label=draw(LOCAL),
            definition=draw(LOCAL),
            borderline=draw(LOCAL),
            terms=draw(st.lists(WORDS, max_size=3).map(tuple)),
            color=draw(COLORS),
            attributes=FrozenMap(draw(ATTRIBUTES)),
            retired=draw(st.booleans()),
        )
        for path in paths
    )
    return Codebook(draw(NAMES), codes, title=draw(LOCAL), language=draw(WORDS))


@pytest.mark.slow
@QUICK
@given(book=codebooks(), note=WORDS)
def test_any_codebook_comes_back_with_a_version_and_ids(
    study: Study, book: Codebook, note: str
) -> None:
    before = study.store.codebook()
    assert before is not None
    saved = study.store.save_codebook(book, "Anna", note)
    assert study.store.codebook() == study.store.codebook(saved.version) == saved
    assert saved.version == before.version + 1
    assert study.store.codebook_versions()[-1].note == note
    assert replace(
        saved, version=1, codes=tuple(replace(code, id="") for code in saved.codes)
    ) == replace(book, version=1)
    assert len({code.id for code in saved.codes}) == len(book.codes)
    known = {code.path: code.id for code in before.codes}
    assert all(known.get(code.path, code.id) == code.id for code in saved.codes)


@pytest.mark.slow
@QUICK
@given(transcript=transcripts(), places=st.data(), memo=WORDS)
def test_any_coding_of_any_text_comes_back_with_the_words_it_stands_on(
    study: Study, transcript: Transcript, places: st.DataObject, memo: str
) -> None:
    study.store.add_transcript(transcript, Original("x", transcript.sha256.encode()))
    ends = st.integers(0, len(transcript.text))
    cuts = places.draw(st.sets(st.tuples(ends, ends), max_size=8))
    spans = sorted(Span(*sorted(cut)) for cut in cuts if cut[0] < cut[1])
    text, name = transcript.text, transcript.name
    given = [Coding("", name, s, s.of(text), "motieven", "Ben", memo=memo) for s in spans]
    stored = study.store.add_codings(given, "Ben")
    assert study.store.codings(transcript=name) == stored
    assert [replace(coding, id="", created_at=None) for coding in stored] == given
    assert all(
        coding.span.of(study.store.transcript(name).text) == coding.quote for coding in stored
    )


@QUICK
@given(attributes=st.dictionaries(NAMES, WORDS, max_size=4), text=NAMES, author=WORDS)
def test_any_case_and_memo_come_back(
    study: Study, attributes: dict[str, str], text: str, author: str
) -> None:
    name = f"G{next(SERIAL)}"
    case = Case(name, FrozenMap(attributes), participations=Participation.in_each("G01"))
    study.store.put_cases([case])
    assert study.store.cases()[-1] == case
    memo = study.store.add_memo(Memo("", MemoTarget.CASE, name, text, author))
    assert study.store.memos(MemoTarget.CASE, name) == (memo,)
    assert (memo.text, memo.author) == (text, author)
