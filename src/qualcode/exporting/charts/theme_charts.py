"""Charts of levels of codes, of coverage, and of the types of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.exporting.charts.style import BLUE, GREY, INK, LINES, decimal_axis, styled
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import AttributeReach, Coverage, ThemeReport, Typology

if TYPE_CHECKING:
    import altair as alt


def draw_levels(report: ThemeReport, attribute: str, *, language: str = "nl") -> alt.LayerChart:
    """Return the themes against the values of a code attribute: cases of how many.

    Args:
        report: The theme report.
        attribute: The attribute of codes (``level``).
        language: ``nl`` or ``en``.
    """
    import altair as alt

    words = Wording(language)
    themes = [words.of(theme.label) or theme.theme for theme in report.themes]
    values = [
        _level_value(name, part, words)
        for name, theme in zip(themes, report.themes, strict=True)
        for part in theme.by_attribute
        if part.attribute == attribute
    ]
    order = list(dict.fromkeys(str(value["value"]) for value in values))
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("theme:N", sort=themes, title=None, axis=alt.Axis(orient="top", labelAngle=0)),
        y=alt.Y("value:N", sort=order, title=None, axis=alt.Axis(labelLimit=260, ticks=False)),
    )
    heat = base.mark_rect(stroke="#ffffff", strokeWidth=2, color=BLUE).encode(
        opacity=alt.Opacity(
            "share:Q", scale=alt.Scale(domain=[0, 1], range=[0.05, 0.5]), legend=None
        )
    )
    text = base.mark_text(fontSize=11, color=INK).encode(text="shown:N")
    chart = alt.LayerChart(layer=[heat, text]).properties(
        width=150 * max(len(themes), 1),
        height=alt.Step(28),
        title=words(
            Message(
                "Cases by theme, by {attribute} of the codes", attribute=words.attribute(attribute)
            )
        ),
    )
    return styled(chart)


def _level_value(theme: str, part: AttributeReach, words: Wording) -> dict[str, Any]:
    whole = part.reaches[0]
    is_defined = whole.cases is not None and whole.of is not None
    return {
        "theme": theme,
        "value": words.value(part.attribute, part.value),
        "share": (whole.cases or 0) / whole.of if whole.of else 0,
        "shown": f"{whole.cases}/{whole.printed_of}" if is_defined else whole.hidden or "–",
    }


def draw_coverage(coverage: Coverage, *, language: str = "nl") -> alt.LayerChart:
    """Return how much of what respondents said is coded, a bar per interview."""
    import altair as alt

    words = Wording(language)
    values = [
        {"name": row.transcript, "share": row.share, "shown": f"{row.share:.0%}"}
        for row in coverage.transcripts
        if row.share is not None
    ]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("name:N", sort=[str(value["name"]) for value in values], title=None),
        x=alt.X(
            "share:Q",
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(format=".0%", tickCount=5),
            title=words(Message("coded words of respondents")),
        ),
    )
    bars = base.mark_bar(color=BLUE, opacity=0.6)
    text = base.mark_text(align="left", dx=4, fontSize=11, color=INK).encode(text="shown:N")
    chart = alt.LayerChart(layer=[bars, text]).properties(
        width=420, height=alt.Step(22), title=words(Message("What is coded of each interview"))
    )
    return styled(chart)


def draw_types(typology: Typology, *, language: str = "nl") -> alt.LayerChart:
    """Return the tree of cases that resemble one another: the nearer, the sooner joined.

    Args:
        typology: One that has a clustering.
        language: ``nl`` or ``en``.
    """
    import altair as alt

    words = Wording(language)
    places = {name: place for place, name in enumerate(typology.leaves)}
    leaves = [
        {
            "name": name,
            "place": places[name],
            "type": next((group.name for group in typology.groups if name in group.cases), ""),
        }
        for name in typology.leaves
    ]
    height = alt.Y(
        "place:Q", axis=None, scale=alt.Scale(domain=[-0.5, len(places) - 0.5], reverse=True)
    )
    # A single case has no joins.
    far = max([merge.distance for merge in typology.merges], default=1.0)
    # A little room after the last join, or its line is half cut off.
    across = alt.Scale(domain=[0, far * 1.02], nice=False)
    lines = (
        alt.Chart(alt.InlineData(values=_branches(typology, places)))
        .mark_rule(color=GREY, strokeWidth=1.5)
        .encode(
            x=alt.X(
                "x:Q",
                scale=across,
                title=words(Message("distance between their codes (0: the same)")),
                axis=decimal_axis(language),
            ),
            x2="x2:Q",
            y=height,
            y2="place2:Q",
        )
    )
    names = (
        alt.Chart(alt.InlineData(values=leaves))
        .mark_text(align="right", dx=-8, fontSize=11)
        .encode(
            x=alt.value(0),
            y=height,
            text="name:N",
            color=alt.Color("type:N", scale=alt.Scale(range=list(LINES)), legend=None),
        )
    )
    chart = alt.LayerChart(layer=[lines, names]).properties(
        width=420,
        height=22 * max(len(places), 2),
        title=words(Message("Which cases resemble one another")),
    )
    return styled(chart)


def _branches(typology: Typology, places: dict[str, int]) -> list[dict[str, Any]]:
    """Return the lines of the tree: two along to where a pair joins, one across."""
    if not typology.merges:
        return []
    # Each case, then each merge, is a node: how far along it ends, and at which height.
    nodes = [(0.0, float(places[name])) for name in typology.cases]
    lines: list[dict[str, Any]] = []
    for merge in typology.merges:
        (left_end, left_place), (right_end, right_place) = nodes[merge.left], nodes[merge.right]
        joint = merge.distance
        lines += [
            {"x": left_end, "x2": joint, "place": left_place, "place2": left_place},
            {"x": right_end, "x2": joint, "place": right_place, "place2": right_place},
            {"x": joint, "x2": joint, "place": left_place, "place2": right_place},
        ]
        nodes.append((joint, (left_place + right_place) / 2))
    return lines
