"""The lines for R and Python that go with units against coders give the figures of the report."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from qualcode.agreement import CodingStudy, compare_coders, unit_rows
from qualcode.model.unit_lines import lines_of_python, lines_of_r
from studies import coded, coding_study, interview

REQUIRED = "QUALCODE_REQUIRE_R"
WORDS = [f"zin{number} met woorden" for number in range(20)]


def study(coders: tuple[str, ...]) -> CodingStudy:
    """Return six interviews; the last coder did not code the last one."""
    rng = np.random.default_rng(4)
    texts = [interview(f"P{n}", *(f"R: {words}" for words in WORDS)) for n in range(6)]
    codings = [
        coded(text, coder, f"{words}\n", code)
        for text in texts
        for words in WORDS
        for code in ("who/age", "why/fun")
        if rng.random() < 0.3
        for coder in coders
        if rng.random() < 0.8 and (coder != coders[-1] or text.name != "P5")
    ]
    return coding_study(texts, codings, coders=coders)


def write_units(compared: CodingStudy, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(unit_rows(compared))


@pytest.mark.slow
@pytest.mark.parametrize("coders", [("anna", "bram"), ("anna", "bram", 'o"k')])
def test_r_computes_the_figures_of_the_report(coders: tuple[str, ...], tmp_path: Path) -> None:
    program = shutil.which("Rscript")
    if program is None and os.environ.get(REQUIRED) == "1":
        pytest.fail(f"R is not installed, and {REQUIRED} asks for it")
    if program is None:
        pytest.skip("R is not installed")
    compared, path = study(coders), tmp_path / "units.csv"
    write_units(compared, path)
    script = tmp_path / "lines.R"
    script.write_text(lines_of_r(str(path), coders), encoding="utf-8")
    told = subprocess.run([program, script], capture_output=True, text=True, check=True).stdout
    figures = {row[0]: [float(v) for v in row[1:]] for row in map(str.split, told.splitlines())}
    report = compare_coders(compared)
    assert set(figures) == {"who/age", "why/fun"}
    for code, values in figures.items():
        keys = ("kappa", "alpha") if len(coders) == 2 else ("alpha",)
        expected = [report.code(code).figure(key).value for key in keys]
        assert values == pytest.approx(expected, abs=1e-6)


@pytest.mark.slow
def test_python_computes_the_figures_of_the_report(tmp_path: Path) -> None:
    coders = ("anna", "bram", "carla")
    compared, path = study(coders), tmp_path / "units.csv"
    write_units(compared, path)
    lines = lines_of_python(str(path), coders)
    told = subprocess.run(
        [sys.executable, "-c", lines], capture_output=True, text=True, check=True
    ).stdout
    report = compare_coders(compared)
    for code, value in map(str.split, told.splitlines()):
        assert float(value) == pytest.approx(report.code(code).figure("alpha").value)
    assert told.count("\n") == 2
