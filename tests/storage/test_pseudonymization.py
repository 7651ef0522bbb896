"""Names are replaced in all that a project keeps, with every span kept, and for good."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from hypothesis_examples import examples
from qualcode.errors import ConflictError, UndefinedRequestError
from qualcode.model import (
    Case,
    Choice,
    Code,
    Codebook,
    Decision,
    Exposure,
    FrozenMap,
    LocalText,
    Memo,
    MemoTarget,
    Original,
    Participation,
    Rejection,
    Role,
    Round,
    Segment,
    SegmentKind,
    Span,
    Speaker,
    Transcript,
    Turn,
)
from qualcode.pseudonyms import NameEntry, NameKey, NameKind, Replacer
from qualcode.storage import Store
from qualcode.storage.schema import metadata
from store_contents import Study, clock, file_of, first_codebook, interview

KEY = NameKey(
    "study",
    (
        NameEntry("Fatima", NameKind.PERSON, "[vriendin 1]"),
        NameEntry("Fatima El Amrani", NameKind.PERSON, "[vriendin 1]"),
        NameEntry("Jan", NameKind.PERSON, "[persoon 1]"),
        NameEntry("Zwotterdam", NameKind.PLACE, "[plaats 1]"),
        NameEntry("dertig", NameKind.AGE, "[30-39 jaar]"),
    ),
)
REPLACER = Replacer(KEY)
WORDS = (
    "I: Met wie 😀?\nJan: Met Fatima El Amrani, in Zwotterdam. Ik ben dertig.\n"
    "I: Dus Fatima was er bij?\nJan: Ja, elke week wel."
)
SECRETS = ("Fatima", "Amrani", "Zwotterdam", "dertig")


def talk(words: str = WORDS, name: str = "Interview Fatima") -> Transcript:
    turns, speakers, position = [], {}, 0
    for number, line in enumerate(words.split("\n"), 1):
        label, _, said = line.partition(": ")
        start = position + len(label) + 2
        turns.append(Turn(number, label, Span(start, start + len(said))))
        role = Role.INTERVIEWER if label == "I" else Role.RESPONDENT
        speakers[label] = Speaker(label, role)
        position += len(line) + 1
    return Transcript(name, words, tuple(speakers.values()), tuple(turns), f"{name}.txt")


def named(study: Study) -> Study:
    """Return the study with an interview in which everything holds names."""
    store, transcript = study.store, talk()
    store.add_transcript(transcript, file_of(transcript), "Anna")
    return Study(store, transcript)


def fill(study: Study) -> None:
    store, name = study.store, study.transcript.name
    one = study.code("Met Fatima El", memo="over Fatima", origin="table:Fatima.csv")
    study.code("Ik ben dertig.", coder="Ben")
    gone = study.code("Zwotterdam")
    store.withdraw_codings([gone.id], "Anna")
    store.set_excerpt(one.id, "Met Fatima El", "Anna")
    for kind, target in (
        (MemoTarget.TRANSCRIPT, name),
        (MemoTarget.TURN, f"{name}#2"),
        (MemoTarget.CODING, one.id),
        (MemoTarget.PROJECT, ""),
    ):
        store.add_memo(Memo("", kind, target, "Fatima belde.", "Anna"), "Anna")
    store.put_cases(
        [
            Case(
                "Fatima",
                FrozenMap({"work": "in Zwotterdam"}),
                participations=Participation.in_each(name),
            )
        ],
        "Anna",
    )
    store.put_cases(
        [
            Case(
                "Fatima",
                FrozenMap({"work": "uit Zwotterdam"}),
                participations=Participation.in_each(name),
            )
        ],
        "Anna",
    )
    store.add_memo(Memo("", MemoTarget.CASE, "Fatima", "Zwotterdam", "Anna"), "Anna")
    span = Span(18, 30)
    new = Decision("d1", Choice.NEW, "Anna", name, "om Fatima", span, "invloeden/aanbod")
    store.add_decisions([new], "Anna")
    store.put_round(Round("een", ("Anna",), (name,), blind=False), "Anna")
    store.set_setting("speakers_confirmed", [name], "Anna")
    past = {"action": "coding.add", "target": "x", "before": "", "after": '{"quote":"Fatima"}'}
    store.set_setting("imported_history", [past], "Anna")
    unit = SegmentKind.SENTENCE
    where = study.transcript.text.index("Ik ben")
    store.replace_segments(name, unit, [Segment(name, unit, Span(where, where + 14), (2,))], "Anna")
    book = store.codebook()
    assert book is not None
    codes = (*book.codes, Code("x", typical=LocalText({"nl": "Zoals Fatima zei."})))
    store.save_codebook(Codebook("drugs", codes, title=LocalText()), "Anna", "na Fatima")
    store.expose([Exposure("Anna", name, Span(where, where + 14), ("x",), "fused@1")], "Anna")
    store.reject(Rejection("Anna", name, Span(where, where + 14), "x", "fused@1"), "Anna")
    undone = talk("I: Zwotterdam!\nJan: Fatima Zwotterdam", "undone")
    store.add_transcript(undone, file_of(undone), "Ben")
    store.undo("Ben")


def everything(store: Store) -> str:
    with store._read() as connection:
        return "\n".join(
            repr(tuple(row)) + str(row._mapping.get("data", b""))
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        )


@pytest.mark.slow
def test_no_row_keeps_a_name(study: Study) -> None:
    whole = named(study)
    fill(whole)
    whole.store.pseudonymize(REPLACER, who="Anna")
    kept = everything(whole.store)
    for secret in SECRETS:
        assert secret not in kept, secret
    assert whole.store.check() == ()


@pytest.mark.slow
def test_no_byte_of_the_file_keeps_a_name(tmp_path: Path) -> None:
    path = tmp_path / "study.qualcode"
    with Store.create(path, name="Studie", now=clock()) as store:
        store.save_codebook(first_codebook(), "Anna")
        for coder in ("Anna", "Ben"):
            store.add_coder(coder, "Anna")
        filled = named(Study(store, interview()))
        fill(filled)
        store.pseudonymize(REPLACER, who="Anna")
    data = path.read_bytes()
    for secret in SECRETS:
        assert secret.encode() not in data, secret
    assert [one.name for one in tmp_path.iterdir()] == ["study.qualcode"]


@pytest.mark.slow
def test_codings_turns_segments_and_decisions_cover_the_same_words(study: Study) -> None:
    whole = named(study)
    fill(whole)
    done = whole.store.pseudonymize(REPLACER, who="Anna")
    name = "Interview [vriendin 1]"
    transcript = whole.store.transcript(name)
    said = [turn.span.of(transcript.text) for turn in transcript.turns]
    assert said == [
        "Met wie 😀?",
        "Met [vriendin 1], in [plaats 1]. Ik ben [30-39 jaar].",
        "Dus [vriendin 1] was er bij?",
        "Ja, elke week wel.",
    ]
    assert [turn.speaker for turn in transcript.turns] == ["I", "[persoon 1]"] * 2
    assert transcript.role_of("[persoon 1]") is Role.RESPONDENT
    quotes = [coding.quote for coding in whole.store.codings(include_withdrawn=True)]
    assert quotes == ["Met [vriendin 1]", "[plaats 1]", "Ik ben [30-39 jaar]."]
    (segment,) = whole.store.segments(name)
    assert segment.span.of(transcript.text) == "Ik ben [30-39 jaar]."
    (exposure,), (rejection,) = whole.store.exposures(), whole.store.rejections()
    assert exposure.span == rejection.span == segment.span
    (decision,) = whole.store.decisions()
    assert decision.span is not None
    assert decision.reason == "om [vriendin 1]"
    assert (done.transcripts, done.codings, done.merged) == ([name], 2, [])


@pytest.mark.slow
def test_all_that_points_at_a_renamed_transcript_or_case_follows(study: Study) -> None:
    whole = named(study)
    fill(whole)
    whole.store.pseudonymize(REPLACER, who="Anna")
    name = "Interview [vriendin 1]"
    (case,) = whole.store.cases()
    assert (case.name, case.transcripts) == ("[vriendin 1]", (name,))
    assert case.attributes["work"] == "uit [plaats 1]"
    assert whole.store.rounds()[0].transcripts == (name,)
    assert whole.store.setting("speakers_confirmed") == [name]
    targets = {memo.target for memo in whole.store.memos()}
    assert {name, f"{name}#2", "[vriendin 1]"} <= targets
    assert list(whole.store.excerpts().values()) == ["Met [vriendin 1] El"]


@pytest.mark.slow
def test_the_history_stays_readable_and_undo_stops_there(study: Study) -> None:
    whole = named(study)
    fill(whole)
    before = len(whole.store.events())
    whole.store.pseudonymize(REPLACER, who="Anna")
    events = whole.store.events()
    assert len(events) == before + 1
    quotes = [json.loads(e.after)["quote"] for e in events if e.action == "coding.add"]
    assert quotes == ["Met [vriendin 1]", "Ik ben [30-39 jaar].", "[plaats 1]"]
    for coder in ("Anna", "Ben"):
        with pytest.raises(UndefinedRequestError):
            whole.store.undo(coder)
    with pytest.raises(UndefinedRequestError):
        whole.store.redo("Ben")


@pytest.mark.slow
def test_work_goes_on_afterwards(study: Study) -> None:
    whole = named(study)
    fill(whole)
    whole.store.pseudonymize(REPLACER, who="Anna")
    after = Study(whole.store, whole.store.transcript("Interview [vriendin 1]"))
    after.code("in [plaats 1]")
    after.store.undo("Anna")
    assert after.store.check() == ()
    other = interview("G02", "I: iets anders.")
    after.store.add_transcript(other, file_of(other), "Anna")
    after.store.remove_transcript("G02", "Anna")


def test_the_imported_file_is_replaced_by_the_new_text_unless_it_is_kept(study: Study) -> None:
    whole = named(study)
    whole.store.pseudonymize(REPLACER)
    name = "Interview [vriendin 1]"
    kept = whole.store.original(name)
    assert kept == Original(f"{name}.txt", whole.store.transcript(name).text.encode())
    assert whole.store.original("G01").data == file_of(study.transcript).data


def test_the_imported_file_can_be_kept(study: Study) -> None:
    whole = named(study)
    whole.store.pseudonymize(REPLACER, keep_originals=True)
    assert whole.store.original("Interview [vriendin 1]").data == WORDS.encode()
    assert whole.store.check() == ()


def test_two_codings_that_become_equal_are_one_and_the_other_is_told(study: Study) -> None:
    whole = named(study)
    first = whole.code("Fatima El Amrani")
    second = whole.code("Fatima")
    done = whole.store.pseudonymize(REPLACER)
    assert done.merged == [second.id]
    assert [coding.id for coding in whole.store.codings()] == [first.id]
    assert whole.store.check() == ()


def test_transcripts_that_would_become_the_same_are_refused_and_nothing_changes(
    study: Study,
) -> None:
    one, two = talk("Jan: ik", "A"), talk("Fatima: ik", "B")
    for transcript in (one, two):
        study.store.add_transcript(transcript, file_of(transcript))
    key = NameKey("x", tuple(NameEntry(n, NameKind.PERSON, "[a 1]") for n in ("Jan", "Fatima")))
    with pytest.raises(ConflictError, match="'A' and 'B' would become the same"):
        study.store.pseudonymize(Replacer(key))
    assert study.store.transcript("A").text == "Jan: ik"


def test_speakers_that_would_get_one_label_are_refused(study: Study) -> None:
    transcript = talk("Jan: ik ook\nFatima: en ik", "A")
    study.store.add_transcript(transcript, file_of(transcript))
    key = NameKey("x", tuple(NameEntry(n, NameKind.PERSON, "[a 1]") for n in ("Jan", "Fatima")))
    with pytest.raises(ConflictError, match="same label"):
        study.store.pseudonymize(Replacer(key))


@pytest.mark.slow
def test_a_second_time_changes_no_text(study: Study) -> None:
    whole = named(study)
    fill(whole)
    whole.store.pseudonymize(REPLACER, who="Anna")
    texts = [t.text for t in whole.store.transcripts()]
    done = whole.store.pseudonymize(REPLACER, who="Anna")
    assert (done.transcripts, done.replaced) == ([], 0)
    assert [t.text for t in whole.store.transcripts()] == texts
    assert whole.store.check() == ()


PIECES = st.lists(
    st.sampled_from(
        ["Fatima", "Fatima El Amrani", "Jan", " ", "😀", "é", "x", "'s", ", ", "dertig"]
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture(scope="module")
def large() -> Iterator[Store]:
    with Store.create("sqlite://", name="x", now=clock()) as store:
        store.save_codebook(first_codebook())
        store.add_coder("Anna")
        yield store


@pytest.mark.slow
@settings(max_examples=examples(20), deadline=None)
@given(PIECES, st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=6))
def test_any_codings_still_cover_their_words(
    large: Store, pieces: list[str], places: list[tuple[int, int]]
) -> None:
    number = len(large.transcripts())
    words = f"R: {number} " + "".join(pieces) + "."
    transcript = talk(words, f"A{number}")
    large.add_transcript(transcript, file_of(transcript))
    spans = set()
    for one, two in places:
        start, end = sorted((one % len(words), two % (len(words) + 1)))
        if start < end:
            spans.add(Span(start, end))
    study = Study(large, transcript)
    large.add_codings([study.passage(s.of(words), span=s) for s in sorted(spans)], "Anna")
    large.pseudonymize(REPLACER)
    assert large.check() == ()
    edits = REPLACER.edits(words, (3, len(words)))
    expected = {edits.shift(span).of(edits.apply(words)) for span in spans}
    found = {coding.quote for coding in large.codings(transcript=transcript.name)}
    assert found == expected
