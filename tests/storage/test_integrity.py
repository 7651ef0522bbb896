"""``check`` finds what no change of ours could have made."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from qualcode.errors import DamagedProjectError
from qualcode.model import Case, Participation, Segment, SegmentKind, Span
from store_contents import Study


def tamper(study: Study, *statements: str) -> None:
    with study.store._engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN")
        for statement in statements:
            connection.execute(text(statement))
        connection.commit()


def test_a_sound_project_has_no_problems(study: Study) -> None:
    study.code("feest 😀")
    study.store.withdraw_codings([study.code("café\u0301").id])
    study.store.put_cases([Case("G1", participations=Participation.in_each("G01"))])
    assert study.store.check() == ()


@pytest.mark.parametrize(
    ("statement", "where", "told"),
    [
        ("UPDATE transcripts SET text = 'x' || text", "transcript 'G01'", "not the one that was"),
        (
            "UPDATE transcripts SET text = 'x' || text",
            "coding",
            "differs from the text of 'G01' at 28",
        ),
        ("UPDATE transcripts SET original_sha256 = 'x'", "transcript 'G01'", "stored original"),
        ("UPDATE codings SET quote = 'beest'", "coding", "differs from the text of 'G01' at 28"),
        ("UPDATE codings SET round = 'r9'", "coding", "round 'r9'"),
        ("UPDATE codes SET position = NULL", "coding", "'invloeden/aanbod' is not in the codebook"),
        (
            'UPDATE turns SET "end" = 900 WHERE number = 4',
            "transcript 'G01'",
            "turns that end past",
        ),
        ('UPDATE segments SET "end" = 900', "transcript 'G01'", "segments that end past"),
    ],
)
def test_what_was_tampered_with_is_found(
    study: Study, statement: str, where: str, told: str
) -> None:
    study.code("feest")
    segment = Segment("G01", SegmentKind.TURN, Span(3, 17), (1,))
    study.store.replace_segments("G01", SegmentKind.TURN, [segment])
    tamper(study, statement)
    assert any(
        problem.where.startswith(where) and told in problem.message and problem.hint
        for problem in study.store.check()
    )


def test_a_row_that_points_nowhere_is_found(study: Study) -> None:
    if study.store._target.is_sqlite:
        study.code("feest")
        tamper(study, "UPDATE codings SET transcript_id = 77, code_id = 'gone'")
        messages = [str(problem) for problem in study.store.check()]
        assert any("'codings'" in m and "'transcripts'" in m for m in messages)
        assert any("'gone' is not in the codebook" in m for m in messages)


def test_a_changed_text_is_never_handed_out(study: Study) -> None:
    tamper(study, "UPDATE transcripts SET text = text || '!'")
    with pytest.raises(DamagedProjectError, match="'G01' is not the one that was imported"):
        study.store.transcripts()
    tamper(study, "UPDATE transcripts SET text = 'kort'")
    with pytest.raises(DamagedProjectError, match="'G01' is not the one that was imported"):
        study.store.transcript("G01")
