"""One interview as a figure: what was coded where, by place in the text or by time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from qualcode.errors import UndefinedRequestError
from qualcode.exporting.figures.code_marks import TRACK, CodeMarks
from qualcode.exporting.figures.drawing import FAINT, NORMAL, SMALL, SOFT, Drawing, legend
from qualcode.exporting.figures.text_width import shorten, text_width
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Codebook, Coding, Figure, FigureKind, Transcript
from qualcode.model.codebook import theme_path

_ROW, _WIDEST_LABEL, _BLOCK = 16.0, 200.0, 10.0
_SPOKEN, _ASKED = "#44403c", "#d6d3d1"
_MINUTE = 60_000
_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120)

Place = Callable[[int], float]
"""Gives the share, 0 to 1, at which an offset of the text lies on the axis."""


def draw_portrait(
    transcript: Transcript,
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    name: str,
    title: str = "",
    language: str = "nl",
) -> Figure:
    """Return a line per code with its passages, from the first word to the last.

    Args:
        transcript: The interview.
        codings: Its codings, of one layer.
        codebook: Gives labels and colours.
        name: What the interview is called in print.
        title: Title of the figure; what it shows by default.
        language: ``nl`` or ``en``.

    Raises:
        UndefinedRequestError: nothing is coded in it.
    """
    words = Wording(language)
    total = len(transcript.text)
    turns = [turn.number for turn in transcript.turns]
    ends = [turn.span.start / total for turn in transcript.turns]
    step = _step(len(turns), 8)
    ticks = [(at, str(n)) for n, at in zip(turns, ends, strict=True) if n == 1 or n % step == 0]
    drawing = Drawing(
        title or words(Message("What was coded where: {name}", name=name)),
        words(
            Message(
                "From left to right: the interview, with numbers of turns. Top line: dark is the "
                "respondent, light the interviewer."
            )
        ),
    )
    rows = _CodeLines(transcript, codings, codebook, words, lambda offset: offset / total)
    return rows.draw(drawing, ticks, FigureKind.PORTRAIT, words(Message("turn")))


def draw_timeline(
    transcript: Transcript,
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    name: str,
    title: str = "",
    language: str = "nl",
) -> Figure:
    """Return a line per code with its passages, by the minutes of the recording.

    Between two time stamps the words are taken to be spoken evenly.

    Args:
        transcript: The interview.
        codings: Its codings, of one layer.
        codebook: Gives labels and colours.
        name: What the interview is called in print.
        title: Title of the figure; what it shows by default.
        language: ``nl`` or ``en``.

    Raises:
        UndefinedRequestError: nothing is coded in it, or it has no time stamps.
    """
    words = Wording(language)
    place, minutes = _clock(transcript, name)
    step = next((s for s in _STEPS if minutes / s <= 9), _STEPS[-1])
    ticks = [(at / minutes, str(at)) for at in range(0, int(minutes) + 1, step)]
    drawing = Drawing(
        title or words(Message("What was coded when: {name}", name=name)),
        words(
            Message(
                "From left to right: minutes of the recording. Top line: dark is the respondent, "
                "light the interviewer."
            )
        ),
    )
    rows = _CodeLines(transcript, codings, codebook, words, place)
    return rows.draw(drawing, ticks, FigureKind.TIMELINE, words(Message("minutes")))


def _step(count: int, largest: int) -> int:
    return next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if count / s <= largest), 1_000)


def _clock(transcript: Transcript, name: str) -> tuple[Place, float]:
    """Return the place of each offset in time, and how many minutes there are."""
    stamps = sorted(
        {
            turn.span.start: turn.time_ms for turn in transcript.turns if turn.time_ms is not None
        }.items()
    )
    # one stamp, or the same stamp everywhere, tells nothing of the pace
    if len(stamps) < 2 or stamps[-1][1] <= stamps[0][1]:
        raise UndefinedRequestError(
            Message(
                "Interview '{name}' has no times, so it has no timeline. Draw its portrait: "
                "qualcode figure portrait",
                name=name,
            )
        )
    offsets, times = [o for o, _ in stamps], [t for _, t in stamps]
    # The last turn has no stamp after it: it is taken to be spoken as fast as the rest.
    pace = (times[-1] - times[0]) / (offsets[-1] - offsets[0])
    last = transcript.turns[-1].span.end
    offsets.append(max(last, offsets[-1] + 1))
    times.append(times[-1] + round(pace * (offsets[-1] - offsets[-2])))
    whole = max(times[-1], 1)

    def place(offset: int) -> float:
        x0 = min(max(bisect_right(offsets, offset) - 1, 0), len(offsets) - 2)
        share = (offset - offsets[x0]) / (offsets[x0 + 1] - offsets[x0])
        time = times[x0] + min(max(share, 0.0), 1.0) * (times[x0 + 1] - times[x0])
        return min(max(time / whole, 0.0), 1.0)

    return place, whole / _MINUTE


class _CodeLines:
    """A line per code that an interview has, in the order of the codebook."""

    def __init__(
        self,
        transcript: Transcript,
        codings: Sequence[Coding],
        codebook: Codebook,
        words: Wording,
        place: Place,
    ) -> None:
        self._transcript, self._words, self._place = transcript, words, place
        self._codings: dict[str, list[Coding]] = {}
        for code in codebook.codes:
            of_code = [coding for coding in codings if coding.code == code.path]
            if of_code:
                self._codings[code.path] = of_code
        if not self._codings:
            raise UndefinedRequestError("Nothing is coded in this interview, so it has no figure.")
        self._marks = CodeMarks(codebook, self._codings, words)

    def draw(
        self, drawing: Drawing, ticks: Sequence[tuple[float, str]], kind: FigureKind, axis: str
    ) -> Figure:
        labels = [self._marks.labels(path) for path in self._codings]
        longest = max(text_width(label, NORMAL) for label in labels)
        x0 = min(longest, _WIDEST_LABEL) + 14
        width = drawing.width - x0 - 6
        top = drawing.top + 14
        rows = len(self._codings)
        bottom = top + 22 + rows * _ROW + 4 * (len({theme_path(p) for p in self._codings}) - 1)
        self._draw_axis(drawing, ticks, x0, width, top, bottom, axis)
        self._draw_speakers(drawing, x0, width, top + 6)
        y, theme = top + 22, ""
        for path, codings in self._codings.items():
            if theme and theme_path(path) != theme:
                y += 4
            theme = theme_path(path)
            self._draw_code(drawing, path, codings, x0, width, y)
            y += _ROW
        end = legend(drawing, y + 22, self._marks.legend())
        return drawing.figure(kind, self._told(), end)

    def _draw_axis(
        self,
        drawing: Drawing,
        ticks: Sequence[tuple[float, str]],
        x0: float,
        width: float,
        top: float,
        bottom: float,
        axis: str,
    ) -> None:
        drawing.text(x0 - 8, top, axis, size=SMALL, color=SOFT, anchor="end")
        for share, label in ticks:
            x = x0 + share * width
            drawing.add("line", x1=x, x2=x, y1=top + 3, y2=bottom, stroke="#e7e5e4")
            drawing.text(x, top, label, size=SMALL, color=SOFT, anchor="middle")

    def _draw_speakers(self, drawing: Drawing, x0: float, width: float, y: float) -> None:
        counts = {speaker.label: speaker.counts for speaker in self._transcript.speakers}
        for turn in self._transcript.turns:
            start, end = self._place(turn.span.start), self._place(turn.span.end)
            fill = _SPOKEN if counts[turn.speaker] else _ASKED
            # a turn of one word must leave a trace
            drawing.box(x0 + start * width, y, max((end - start) * width, 0.4), 5, fill=fill)

    def _draw_code(
        self,
        drawing: Drawing,
        path: str,
        codings: Sequence[Coding],
        x0: float,
        width: float,
        y: float,
    ) -> None:
        label, theme = self._marks.labels(path), self._marks.theme(path)
        drawing.text(0, y + 11, shorten(label, x0 - 12, NORMAL))
        middle = y + _BLOCK / 2 + 2
        drawing.add("line", x1=x0, x2=x0 + width, y1=middle, y2=middle, stroke=TRACK)
        for coding in codings:
            start, end = self._place(coding.span.start), self._place(coding.span.end)
            with drawing.mark(label, (coding.id,)):
                # A short passage of a long interview must still be seen.
                length = max((end - start) * width, 2.0)
                drawing.box(x0 + start * width, y + 2, length, _BLOCK, fill=theme.color, radius=1)
        drawing.text(
            x0 + width + 6,
            y + 11,
            str(theme.number),
            size=SMALL - 1,
            color=FAINT,
            anchor="end",
        )

    def _told(self) -> str:
        counts = [
            f"{self._marks.labels(path)}: "
            + self._words(Message.counted("{count} passage", "{count} passages", len(codings)))
            for path, codings in self._codings.items()
        ]
        return "; ".join(counts) + "."
