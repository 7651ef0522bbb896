"""The same values give the same bytes, at another hour, place and hash seed."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qualcode.exporting import write_agreement, write_quotes, write_themes
from qualcode.exporting.reports.colophon import About
from qualcode.model import AgreementReport, QuoteSection, ThemeReport

LATER = 40_000_000.0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "suffix"),
    [
        *(("quotes", suffix) for suffix in (".docx", ".xlsx", ".csv", ".md", ".html", ".json")),
        *(("themes", suffix) for suffix in (".docx", ".xlsx", ".md", ".html", ".json")),
        *(("agreement", suffix) for suffix in (".docx", ".xlsx", ".md", ".html", ".json")),
    ],
)
def test_the_clock_leaves_no_trace(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    what: str,
    suffix: str,
) -> None:
    writers: dict[str, tuple[Callable[..., None], str]] = {
        "quotes": (write_quotes, "sections"),
        "themes": (write_themes, "theme_report"),
        "agreement": (write_agreement, "agreement_report"),
    }
    write, fixture = writers[what]
    value: Any = request.getfixturevalue(fixture)
    study: Any = {"title": "Studie"} if what == "agreement" else {"about": About("Studie")}
    write(value, tmp_path / f"one{suffix}", **study)
    now, local = time.time(), time.localtime
    monkeypatch.setattr(time, "time", lambda: now + LATER)
    monkeypatch.setattr(time, "localtime", lambda at=None: local((at or now) + LATER))
    write(value, tmp_path / f"two{suffix}", **study)
    one, two = ((tmp_path / f"{name}{suffix}").read_bytes() for name in ("one", "two"))
    assert one == two


SCRIPT = """
import sys
from pathlib import Path
from qualcode.exporting import write_quotes
from qualcode.model import FrozenMap, LocalText, Quote, QuoteSection, Span
label = LocalText({"nl": "Label"})
quote = Quote("c", "tekst", "U1", Span(0, 5), 1, 0, "G1", "users",
              FrozenMap({k: k for k in "zyxwv"}), "a", label, "a", label, "Anna")
for suffix in ("docx", "xlsx", "csv", "json"):
    write_quotes([QuoteSection("a", label, "a", label, (), (quote,))],
                 Path(sys.argv[1]) / f"q.{suffix}")
"""


@pytest.mark.slow
def test_zone_and_hash_seed_leave_no_trace(tmp_path: Path) -> None:
    sums = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        folder = tmp_path / seed
        folder.mkdir()
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run([sys.executable, "-c", SCRIPT, str(folder)], check=True, env=env)
        files = sorted(folder.iterdir())
        sums.append([(f.name, hashlib.sha256(f.read_bytes()).hexdigest()) for f in files])
    assert sums[0] == sums[1]
    assert len(sums[0]) == 4


def test_the_values_are_what_the_fixtures_say(
    sections: tuple[QuoteSection, ...],
    theme_report: ThemeReport,
    agreement_report: AgreementReport,
) -> None:
    """The files above are not all the same because they are empty."""
    assert sections
    assert theme_report.themes
    assert agreement_report.codes
