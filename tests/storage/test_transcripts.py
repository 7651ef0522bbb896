"""Transcripts come back as they went in, once each."""

from __future__ import annotations

import pytest

from qualcode.errors import DuplicateError, InvalidValueError, UnknownNameError
from qualcode.model import Original, Role, Segment, SegmentKind, Span
from qualcode.storage import Store
from qualcode.storage.transcripts import id_of
from store_contents import TEXT, Study, file_of, interview


def test_a_transcript_and_its_file_come_back_as_they_went_in(store: Store) -> None:
    transcript = interview()
    original = Original("G01.docx", b"PK\x03\x04 \x00\xff bytes")
    store.add_transcript(transcript, original, "Anna")
    assert store.transcript("G01") == transcript
    assert store.original("G01") == original


def test_transcripts_keep_the_order_of_import(store: Store) -> None:
    made = [interview("P02", "R: twee"), interview("G10", "R: tien"), interview("A", "R: a")]
    for transcript in made:
        store.add_transcript(transcript, file_of(transcript))
    assert store.transcripts() == tuple(made)


@pytest.mark.parametrize(
    ("name", "words", "data", "told"),
    [
        ("G02", "R: iets anders", TEXT.encode(), "same file"),
        ("G02", TEXT, b"another file", "same text"),
        ("G01", "R: iets anders", b"another file", "of that name"),
    ],
)
def test_an_interview_that_is_there_is_refused_by_the_name_it_has(
    study: Study, name: str, words: str, data: bytes, told: str
) -> None:
    with pytest.raises(DuplicateError, match=f"(?s){told}.*'G01'"):
        study.store.add_transcript(interview(name, words), Original("new.txt", data))
    assert len(study.store.transcripts()) == 1


def test_an_unknown_transcript_is_refused_with_the_nearest_name(study: Study) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'G01'"):
        study.store.transcript("G1")
    with pytest.raises(UnknownNameError, match="No transcript 'X9'"):
        study.store.original("X9")


def test_roles_change_for_the_labels_named_and_stay_for_the_others(study: Study) -> None:
    study.store.set_roles("G01", {"I": Role.OTHER}, "Anna")
    transcript = study.store.transcript("G01")
    assert [s.role for s in transcript.speakers] == [Role.OTHER, Role.RESPONDENT]
    with pytest.raises(UnknownNameError, match="No speaker 'Q' in transcript 'G01'"):
        study.store.set_roles("G01", {"Q": Role.OTHER}, "Anna")
    with pytest.raises(UnknownNameError, match="No transcript 'G99'"):
        study.store.set_roles("G99", {"I": Role.OTHER}, "Anna")


def segment(start: int, end: int, question: str | None = None) -> Segment:
    return Segment("G01", SegmentKind.ANSWER, Span(start, end), (1, 2), question)


def test_segments_of_one_kind_take_the_place_of_those_there_were(study: Study) -> None:
    turns = (Segment("G01", SegmentKind.TURN, Span(3, 17), (1,)),)
    study.store.replace_segments("G01", SegmentKind.TURN, turns)
    study.store.replace_segments("G01", SegmentKind.ANSWER, (segment(0, 60, "U1"), segment(60, 70)))
    study.store.replace_segments("G01", SegmentKind.ANSWER, (segment(0, 70, "U2"),))
    assert study.store.segments("G01", SegmentKind.ANSWER) == (segment(0, 70, "U2"),)
    assert study.store.segments(kind=SegmentKind.TURN) == turns
    places = study.store.segment_spans(SegmentKind.TURN)
    assert places == {"G01": tuple(turn.span for turn in turns)}
    assert len(study.store.segments()) == 2


@pytest.mark.parametrize(
    "wrong",
    [segment(80, 500), Segment("G01", SegmentKind.TURN, Span(3, 17), (1,))],
)
def test_segments_past_the_text_or_of_another_kind_are_refused(
    study: Study, wrong: Segment
) -> None:
    with pytest.raises(InvalidValueError, match="G01"):
        study.store.replace_segments("G01", SegmentKind.ANSWER, (wrong,))


def test_one_transcript_is_looked_up_in_the_index_of_names(study: Study) -> None:
    if not study.store._target.is_sqlite:
        return
    with study.store._read() as connection:
        seen: list[str] = []
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(seen.append)
        id_of(connection, "G01")
        driver.set_trace_callback(None)
        (query,) = (statement for statement in seen if statement.startswith("SELECT"))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
    assert "uq_transcripts_name" in str(plan)
