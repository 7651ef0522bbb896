"""The figures of a project for a paper: what they show is as it may be printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from qualcode import exporting, quotes, themes
from qualcode.errors import UndefinedRequestError, UnknownNameError, unknown_name
from qualcode.messages import Message
from qualcode.model import (
    Case,
    Codebook,
    CodePair,
    Coding,
    CrossTable,
    Figure,
    FigureKind,
    FrozenMap,
    LevelPlan,
    MapCode,
    Transcript,
    coder_aliases,
)
from qualcode.model.codebook import theme_path
from qualcode.model.figure import NOWHERE
from qualcode.project.disclosure import source_aliases
from qualcode.project.layers import FINAL
from qualcode.project.names import NO_NAMES
from qualcode.project.part import Part, in_snapshot, in_step
from qualcode.project.reports import find_cases
from qualcode.project.small_counts import find_small_counts, find_threshold, options_of
from qualcode.project.snapshot import Snapshot

LEVELS = "figure levels"
"""Key of the setting."""

_CODER = {"nl": "codeur"}
_WITH_COUNTS = {FigureKind.LEVELS, FigureKind.THEME_MAP, FigureKind.CO_OCCURRENCE}
"""Figures with counts of participants, or with passages that show how many there are."""
_Material = tuple[tuple[Coding, ...], Codebook, tuple[Transcript, ...], tuple[Case, ...]]


class Figures(Part):
    """Figures: levels, maps of codes, one interview, saturation, agreement."""

    # --- levels --------------------------------------------------------------------------------

    def levels(self) -> LevelPlan:
        """Return which codes belong to which level of the level figure."""
        with self._snapshot() as snapshot:
            return _unpack_levels(snapshot.setting(LEVELS, None))

    @in_step
    def name_levels(self, levels: Sequence[str], attribute: str = "") -> LevelPlan:
        """Name the levels of the level figure.

        Args:
            levels: From the innermost to the outermost; those of the social-ecological model if
                there are none. Codes placed on a level that is gone are placed no longer.
            attribute: The attribute of codes that places those that nobody placed; as before by
                default.

        Raises:
            InvalidValueError: two have the same name, or one has none.
        """
        plan = self.levels()
        names = tuple(name.strip() for name in levels) or LevelPlan().levels
        places = {code: level for code, level in plan.places.items() if level in {*names, NOWHERE}}
        return self._keep(LevelPlan(names, FrozenMap(places), attribute or plan.attribute))

    @in_step
    def place(self, paths: Iterable[str], level_name: str | None) -> LevelPlan:
        """Place codes or themes on a level; what is below a theme goes with it.

        Args:
            paths: Paths of the codes.
            level_name: Name of the level; ``""`` leaves them out of the figure, None takes back
                where they were placed.

        Raises:
            UnknownNameError: no such code.
            InvalidValueError: no such level.
        """
        with self._snapshot() as snapshot:
            codebook = snapshot.codebook
            # By id, so that a code keeps its level when it is renamed or moved.
            ids = [codebook.code(path).id or path for path in paths]
        plan = self.levels()
        places: dict[str, str] = {**plan.places}
        for code in ids:
            places.pop(code, None)
            if level_name is not None:
                places[code] = level_name
        return self._keep(replace(plan, places=FrozenMap(places)))

    def _keep(self, plan: LevelPlan) -> LevelPlan:
        packed = {
            "levels": [*plan.levels],
            "places": [[code, level] for code, level in sorted(plan.places.items())],
            "attribute": plan.attribute,
        }
        self._store.set_design(LEVELS, packed, self._coder)
        return plan

    # --- drawing -------------------------------------------------------------------------------

    @in_snapshot
    def draw(
        self,
        kind: str,
        *,
        layer: str = FINAL,
        only: Sequence[str] = (),
        transcript: str = "",
        coders: Sequence[str] = (),
        title: str = "",
        language: str = "",
        nested: bool = True,
        transcript_names: bool = False,
        source: bool = True,
        on_screen: bool = False,
    ) -> Figure:
        """Return a figure, with what may be printed in it.

        Small counts are held back unless somebody accepted the risk of the table of codes by
        group.

        Args:
            kind: A value of :class:`FigureKind`.
            layer: As in ``codings.collect_layer``, but one coding per passage: not ``all``.
            only: Paths of the themes to draw; all by default.
            transcript: The interview of a portrait or timeline; the first coded one by default, of
                those with times for a timeline.
            coders: Whom agreement is about; all who coded by default.
            title: Title of the figure; what it shows by default.
            language: ``nl`` or ``en``; that of the project by default.
            nested: Whether levels lie inside each other, or are stacked.
            transcript_names: Whether an interview is called by its name in the project.
            source: Whether a line below it says whose codings it counts.
            on_screen: Whether the researcher alone sees it: only what was decided to be hidden is.

        Raises:
            UnknownNameError: no such kind, theme, interview or coder.
            UndefinedRequestError: there is nothing to draw, or it may not be printed.
        """
        if kind not in [*FigureKind]:
            raise UnknownNameError(
                Message(
                    "There is no figure '{kind}'. There are: {kinds}.",
                    kind=kind,
                    kinds=", ".join(FigureKind),
                )
            )
        with self._snapshot() as snapshot:
            language = language or snapshot.report_language
            figure_kind = FigureKind(kind)
            if figure_kind in {FigureKind.FOREST, FigureKind.CONFUSIONS}:
                figure, line = self._of_agreement(snapshot, figure_kind, coders, title, language)
            else:
                material = self._material(snapshot, layer, only)
                common: dict[str, Any] = {"title": title, "language": language}
                threshold = self._threshold(layer, on_screen=on_screen)
                if figure_kind in {FigureKind.PORTRAIT, FigureKind.TIMELINE}:
                    self._refuse_single_cases(layer, threshold)
                    text = _interview_of(figure_kind, snapshot, transcript, material[2])
                    material = _of_transcript(material, text)
                    name = text.name if transcript_names else ""
                    # Names of files are often those of people, and a figure is made for print.
                    name = name or source_aliases(snapshot, language)[text.name]
                    figure = _of_interview(figure_kind, material, name, **common)
                else:
                    if figure_kind is FigureKind.PARTICIPANTS:
                        self._refuse_single_cases(layer, threshold)
                    figure = self._of_layer(
                        figure_kind, material, only, threshold, nested=nested, **common
                    )
                counts = figure_kind in _WITH_COUNTS
                line = self._source(layer, material[0], language, threshold if counts else None)
        return exporting.with_source(figure, line) if source else figure

    def _of_layer(
        self,
        kind: FigureKind,
        material: _Material,
        only: Sequence[str],
        threshold: int | None,
        *,
        nested: bool,
        **common: str,
    ) -> Figure:
        if kind is FigureKind.LEVELS:
            return self._of_levels(material, only, threshold, nested=nested, **common)
        if kind is FigureKind.SATURATION:
            saturations = themes.assess_saturation(*material)
            if threshold is not None:
                saturations = quotes.saturation_of_enough(saturations, threshold)
            return exporting.saturation_figure(saturations, **common)
        book = material[1]
        if kind is FigureKind.PARTICIPANTS:
            table = _rows_of(themes.code_by_case(*material), only)
            groups = {case.name: case.group for case in material[3]}
            return exporting.draw_participants(table, book, groups, **common)
        found, found_pairs = themes.codes_on_map(*material, themes=only)
        codes, pairs = found, found_pairs
        if threshold is not None:
            codes, pairs = self._hide_on_map(material, found, found_pairs, threshold)
        draw = exporting.draw_network
        if kind is FigureKind.THEME_MAP:
            draw = exporting.draw_theme_map
        elif not found_pairs:
            raise UndefinedRequestError(
                "No passage has two codes, so there is no network of codes to draw."
            )
        elif not pairs:
            raise UndefinedRequestError(
                "Each line of this figure stands for too few participants to be printed, so there "
                "is no network to draw. What to decide is listed by: qualcode disclosure (in the "
                "app: Quotes, Who could be recognised)"
            )
        return draw(codes, pairs, book, **common)

    def _threshold(self, layer: str, *, on_screen: bool) -> int | None:
        """Return below how many cases a count is held back; None if all are shown."""
        if on_screen and not self._project.disclosure.measures().hide_counts:
            return None
        return find_threshold(self._project, layer)

    def _source(
        self, layer: str, codings: Sequence[Coding], language: str, threshold: int | None
    ) -> str:
        """Return whose codings a figure counts, with aliases for coders, and what is hidden."""
        coded = {(coding.transcript, coding.coder) for coding in codings}
        provenance = self._project.themes.provenance(layer, coded)
        provenance = self._project.disclosure.hide_names(provenance, NO_NAMES, language)
        words = exporting.Wording(language)
        hidden = Message(
            "Counts of fewer than {threshold} participants are not shown.", threshold=threshold
        )
        sentences = (*exporting.describe_basis(provenance), *((hidden,) if threshold else ()))
        return " ".join(map(words, sentences))

    def write(self, figure: Figure, path: Path) -> None:
        """Write a figure as svg or png.

        Args:
            figure: From :meth:`draw`.
            path: Where to write.
        """
        exporting.write_figure(figure, path)

    def for_themes(self, layer: str, language: str) -> tuple[Figure, ...]:
        """Return the figures that belong in theme summaries: those that can be drawn.

        Args:
            layer: Whose codings.
            language: ``nl`` or ``en``.
        """
        figures = []
        for kind in (FigureKind.LEVELS, FigureKind.THEME_MAP, FigureKind.CO_OCCURRENCE):
            try:
                # The report says itself whose codings it counts.
                figures.append(self.draw(kind, layer=layer, language=language, source=False))
            except UndefinedRequestError:
                # A study without levels or without pairs has one figure less, and no other fault.
                continue
        return tuple(figures)

    def _material(self, snapshot: Snapshot, layer: str, only: Sequence[str]) -> _Material:
        if layer == "all":
            raise UndefinedRequestError(
                "A figure shows one layer, or each passage counts once for every coder. Choose "
                "final, consensus or a coder's name."
            )
        codings = self._project.codings.collect_layer(layer)
        if not codings:
            raise UndefinedRequestError(
                "There is nothing coded yet. Read codings: qualcode code TABLE.csv"
            )
        theme_paths = [theme.path for theme in snapshot.codebook.themes]
        for path in only:
            if path not in theme_paths:
                name = Message("codebook '{name}'", name=snapshot.codebook.name)
                raise unknown_name("theme", path, theme_paths, name)
        return (
            codings,
            snapshot.codebook,
            snapshot.transcripts_coded_in(codings),
            self._project.cases.respondents(),
        )

    def _of_levels(
        self,
        material: _Material,
        only: Sequence[str],
        threshold: int | None,
        *,
        nested: bool,
        title: str,
        language: str,
    ) -> Figure:
        levels = themes.codes_by_level(*material, plan=self.levels(), themes=only)
        if not any(levels.values()):
            raise UndefinedRequestError(
                "No code that was used has a level. Place them in the app, on the page Figures "
                "under ‘Levels, and which code belongs where’, or with: qualcode figure levels "
                "--place CODE=LEVEL"
            )
        if threshold is not None:
            levels = {
                level: tuple(
                    replace(code, reaches=quotes.hide_reaches(code.reaches, threshold))
                    for code in codes
                )
                for level, codes in levels.items()
            }
        return exporting.draw_level_figure(
            levels, material[1], nested=nested, title=title, language=language
        )

    def _hide_on_map(
        self,
        material: _Material,
        codes: Sequence[MapCode],
        pairs: Sequence[CodePair],
        threshold: int,
    ) -> tuple[tuple[MapCode, ...], tuple[CodePair, ...]]:
        reaches = themes.collect_reach(*material)
        hidden = {
            path
            for path, rows in reaches.items()
            if any(reach.hidden for reach in quotes.hide_reaches(rows, threshold))
        }
        # The passages of a few people would tell how many they are; so would a line to them.
        counts = {code.path: None if code.path in hidden else code.passages for code in codes}
        silent = hidden | quotes.codings_that_tell(counts, threshold)
        shown = tuple(MapCode(code.path, None) if code.path in silent else code for code in codes)
        cases_by_coding = find_cases(self._project, material[0])
        return shown, quotes.pairs_of_enough(pairs, hidden, cases_by_coding, threshold)

    def _refuse_single_cases(self, layer: str, threshold: int | None) -> None:
        if threshold is None:
            return
        if self._project.disclosure.measures().hide_counts:
            raise UndefinedRequestError(
                "Small counts are hidden, and this figure shows participants one by one, from "
                "which they could be counted. Take the measure back first: qualcode disclosure "
                "--measures"
            )
        risk = next(r for r in find_small_counts(self._project, layer) if not r.confirmed)
        raise UndefinedRequestError(
            Message(
                "This figure shows participants one by one, from which small counts could be "
                "counted. Decide with a reason that those may be printed: qualcode disclosure "
                "{options} --reason WHY (in the app: Quotes, Who could be recognised)",
                options=options_of(risk, layer),
            )
        )

    def _of_agreement(
        self,
        snapshot: Snapshot,
        kind: FigureKind,
        coders: Sequence[str],
        title: str,
        language: str,
    ) -> tuple[Figure, str]:
        pair = tuple(coders) or snapshot.coders
        if len(pair) < 2:
            raise UndefinedRequestError("Agreement needs two coders. Name them: --coders ANNA,BRAM")
        book = snapshot.codebook
        aliases = coder_aliases(snapshot.coders, _CODER.get(language, "coder"))
        if kind is FigureKind.FOREST:
            report = self._project.agreement.compare(pair)
            names = [aliases.get(coder, coder) for coder in report.coders]
            figure = exporting.forest_figure(report, book, title=title, language=language)
        else:
            study = self._project.agreement.report(pair, with_outcome=False, with_gamma=False)
            confusion = study.confusion
            if confusion is None:
                raise UndefinedRequestError(
                    "Confused codes are those of two coders. Name two: --coders ANNA,BRAM"
                )
            names = [aliases.get(coder, coder) for coder in confusion.coders]
            figure = exporting.draw_confusions(
                confusion, book, names, title=title, language=language
            )
        line = Message("It compares the codings of {coders}.", coders=tuple(names))
        return figure, exporting.Wording(language)(line)


def _interview_of(
    kind: FigureKind, snapshot: Snapshot, name: str, coded: Sequence[Transcript]
) -> Transcript:
    if name:
        return snapshot.transcript(name)
    is_timed = kind is FigureKind.TIMELINE
    timed = (text for text in coded if any(t.time_ms is not None for t in text.turns))
    return next(timed, coded[0]) if is_timed else coded[0]


def _of_interview(kind: FigureKind, material: _Material, name: str, **common: str) -> Figure:
    codings, book, (transcript,), _ = material
    draw = exporting.draw_portrait if kind is FigureKind.PORTRAIT else exporting.draw_timeline
    return draw(transcript, codings, book, name=name, **common)


def _of_transcript(material: _Material, transcript: Transcript) -> _Material:
    """Return the material of one interview."""
    codings, book, _, cases = material
    of_it = tuple(coding for coding in codings if coding.transcript == transcript.name)
    return of_it, book, (transcript,), cases


def _rows_of(table: CrossTable, only: Sequence[str]) -> CrossTable:
    """Return the rows of a table of codes that somebody has, of some themes."""
    rows = [
        place
        for place, path in enumerate(table.rows)
        if any(cell.count for cell in table.cells[place]) and (not only or theme_path(path) in only)
    ]
    return replace(
        table,
        rows=tuple(table.rows[place] for place in rows),
        row_labels=tuple(table.row_labels[place] for place in rows),
        cells=tuple(table.cells[place] for place in rows),
    )


def _unpack_levels(setting: Mapping[str, Any] | None) -> LevelPlan:
    if setting is None:
        return LevelPlan()
    places = FrozenMap(dict(setting["places"]))
    return LevelPlan(tuple(setting["levels"]), places, setting["attribute"])
