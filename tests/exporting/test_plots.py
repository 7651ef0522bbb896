"""Plots as files, and what is in them."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from qualcode.errors import InvalidValueError, MissingExtraError, UnsupportedFormatError
from qualcode.exporting import draw_agreement, draw_reach, draw_saturation, write_plot
from qualcode.model import AgreementReport, Code, Codebook, LocalText, ThemeReport

BOOK = Codebook(
    "book",
    (
        Code("influences"),
        Code("influences/availability", LocalText({"nl": "Verkrijgbaarheid"}), color="#aa5500"),
    ),
)


def _values(chart: Any) -> list[dict[str, Any]]:
    """Return the rows that are drawn, not those of the reference lines."""
    (rows,) = (rows for rows in chart.to_dict()["datasets"].values() if "at" not in rows[0])
    values: list[dict[str, Any]] = rows
    return values


def test_reach_is_drawn_in_the_colour_of_the_code(theme_report: ThemeReport) -> None:
    values = _values(draw_reach(theme_report.tables[0], BOOK))
    assert [(v["group"], v["shown"]) for v in values] == [
        ("gebruikers", "7/10"),
        ("professionals", "–"),
    ]
    assert values[0]["color"] == "#aa5500"
    assert values[0]["share"] == pytest.approx(0.7)


def test_saturation_is_drawn_in_the_order_of_the_interviews(theme_report: ThemeReport) -> None:
    values = _values(draw_saturation(theme_report.saturation))
    assert [(v["name"], v["codes"], v["group"]) for v in values] == [
        ("U01", 5, "allen"),
        ("U03", 6, "allen"),
    ]


def test_agreement_without_a_figure_is_a_dash(agreement_report: AgreementReport) -> None:
    values = _values(draw_agreement(agreement_report, BOOK))
    assert [(v["value"], v["shown"]) for v in values] == [(0.72, "0,72 (0,52; 0,82)"), (None, "–")]


def test_a_figure_that_is_not_there_cannot_be_drawn(agreement_report: AgreementReport) -> None:
    with pytest.raises(InvalidValueError, match=r"'pi' cannot be drawn\. Use .*kappa"):
        draw_agreement(agreement_report, figure="pi")


@pytest.mark.slow
def test_svg_is_well_formed_and_the_same_each_time(
    tmp_path: Path, theme_report: ThemeReport, agreement_report: AgreementReport
) -> None:
    charts: dict[str, Callable[[], Any]] = {
        "reach": lambda: draw_reach(theme_report.tables[0], BOOK),
        "saturation": lambda: draw_saturation(theme_report.saturation),
        "agreement": lambda: draw_agreement(agreement_report, BOOK),
    }
    for name, draw in charts.items():
        write_plot(draw(), tmp_path / f"{name}1.svg")
        write_plot(draw(), tmp_path / f"{name}2.svg")
        one, two = ((tmp_path / f"{name}{n}.svg").read_bytes() for n in (1, 2))
        assert one == two
        texts = [element.text for element in ET.fromstring(one).iter() if element.text]
        assert len(texts) > 3


@pytest.mark.slow
def test_png_is_a_png(tmp_path: Path, theme_report: ThemeReport) -> None:
    write_plot(draw_saturation(theme_report.saturation), tmp_path / "s.png")
    assert (tmp_path / "s.png").read_bytes().startswith(b"\x89PNG")


def test_without_the_extra_the_way_to_get_it_is_told(
    tmp_path: Path, theme_report: ThemeReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingExtraError, match="pip install vl-convert-python"):
        write_plot(draw_saturation(theme_report.saturation), tmp_path / "s.svg")


def test_another_suffix_is_refused(tmp_path: Path, theme_report: ThemeReport) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"\.svg, \.png"):
        write_plot(draw_saturation(theme_report.saturation), tmp_path / "s.jpg")
