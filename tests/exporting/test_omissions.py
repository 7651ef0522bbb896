"""What a report says of codings that count for no person."""

from __future__ import annotations

from qualcode.exporting import describe_omissions
from qualcode.model import Omission, OmissionReason


def test_the_total_is_left_out_where_nobody_may_know_it() -> None:
    omissions = (Omission(OmissionReason.UNKNOWN, 2),)
    (with_total,) = describe_omissions(13, omissions)
    assert str(with_total).startswith("2 of 13 codings count for no person, in whole or in part: ")
    (without,) = describe_omissions(0, omissions)
    assert str(without).startswith("2 codings count for no person, in whole or in part: ")
