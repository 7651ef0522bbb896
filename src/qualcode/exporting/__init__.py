"""Files for people and programs: the suffix of the name chooses the writer.

Takes complete values and formats them; computes nothing and looks nothing up.
"""

from typing import TYPE_CHECKING

from qualcode.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from qualcode.exporting.charts.calibration import draw_calibration
    from qualcode.exporting.charts.chart_files import chart_bytes, picture_bytes, write_plot
    from qualcode.exporting.charts.forest_plot import draw_agreement
    from qualcode.exporting.charts.reach import draw_reach
    from qualcode.exporting.charts.saturation import draw_saturation
    from qualcode.exporting.charts.style import with_basis
    from qualcode.exporting.charts.theme_charts import draw_coverage, draw_levels, draw_types
    from qualcode.exporting.document.blocks import LANDSCAPE
    from qualcode.exporting.figures.chart_figures import forest_figure, saturation_figure
    from qualcode.exporting.figures.files import figure_picture, figure_png, write_figure
    from qualcode.exporting.figures.grids import draw_confusions, draw_participants
    from qualcode.exporting.figures.levels import draw_level_figure
    from qualcode.exporting.figures.network import draw_network
    from qualcode.exporting.figures.portrait import draw_portrait, draw_timeline
    from qualcode.exporting.figures.source_line import with_source
    from qualcode.exporting.figures.theme_map import draw_theme_map
    from qualcode.exporting.files import make_folder, write_bytes
    from qualcode.exporting.interchange.archive import write_archive
    from qualcode.exporting.interchange.coder_package import write_work
    from qualcode.exporting.interchange.plain_table import write_rows
    from qualcode.exporting.interchange.program_tables import write_tool_table
    from qualcode.exporting.interchange.project_folder import write_folder
    from qualcode.exporting.interchange.word_comments import write_commented
    from qualcode.exporting.reports.agreement import write_agreement
    from qualcode.exporting.reports.annexes import (
        write_codebook_annex,
        write_guides,
        write_references,
    )
    from qualcode.exporting.reports.audit import write_audit
    from qualcode.exporting.reports.bibliography import collect_references
    from qualcode.exporting.reports.checklists import write_checklist
    from qualcode.exporting.reports.chosen_quotes import write_appendix, write_chosen
    from qualcode.exporting.reports.codebook import write_codebook_docx
    from qualcode.exporting.reports.codebook_development import write_development
    from qualcode.exporting.reports.coefficients import figure_name
    from qualcode.exporting.reports.colophon import About, describe_basis
    from qualcode.exporting.reports.findings import write_findings
    from qualcode.exporting.reports.framework import write_framework
    from qualcode.exporting.reports.methods_section import methods_paragraphs, reason_name
    from qualcode.exporting.reports.omissions import describe_omissions
    from qualcode.exporting.reports.preregistration import write_preregistration
    from qualcode.exporting.reports.quotes import write_quotes
    from qualcode.exporting.reports.sample_annex import write_sample
    from qualcode.exporting.reports.themes import write_themes
    from qualcode.exporting.reports.typology import write_typology
    from qualcode.exporting.wording import Wording

__all__ = [
    "LANDSCAPE",
    "About",
    "Wording",
    "chart_bytes",
    "collect_references",
    "describe_basis",
    "describe_omissions",
    "draw_agreement",
    "draw_calibration",
    "draw_confusions",
    "draw_coverage",
    "draw_level_figure",
    "draw_levels",
    "draw_network",
    "draw_participants",
    "draw_portrait",
    "draw_reach",
    "draw_saturation",
    "draw_theme_map",
    "draw_timeline",
    "draw_types",
    "figure_name",
    "figure_picture",
    "figure_png",
    "forest_figure",
    "make_folder",
    "methods_paragraphs",
    "picture_bytes",
    "reason_name",
    "saturation_figure",
    "with_basis",
    "with_source",
    "write_agreement",
    "write_appendix",
    "write_archive",
    "write_audit",
    "write_bytes",
    "write_checklist",
    "write_chosen",
    "write_codebook_annex",
    "write_codebook_docx",
    "write_commented",
    "write_development",
    "write_figure",
    "write_findings",
    "write_folder",
    "write_framework",
    "write_guides",
    "write_plot",
    "write_preregistration",
    "write_quotes",
    "write_references",
    "write_rows",
    "write_sample",
    "write_themes",
    "write_tool_table",
    "write_typology",
    "write_work",
]

if not TYPE_CHECKING:
    __getattr__ = lazy_exports(__name__)
