"""Files for people and programs: the suffix of the name chooses the writer.

Takes complete values and formats them; computes nothing and looks nothing up.
"""

from qualcode.exporting.charts.calibration import draw_calibration
from qualcode.exporting.charts.chart_files import picture_bytes, write_plot
from qualcode.exporting.charts.forest_plot import draw_agreement
from qualcode.exporting.charts.reach import draw_reach
from qualcode.exporting.charts.saturation import draw_saturation
from qualcode.exporting.charts.theme_charts import draw_coverage, draw_levels, draw_types
from qualcode.exporting.files import make_folder, write_bytes
from qualcode.exporting.interchange.coder_package import write_work
from qualcode.exporting.interchange.plain_table import write_rows
from qualcode.exporting.interchange.program_tables import write_tool_table
from qualcode.exporting.interchange.project_folder import write_folder
from qualcode.exporting.interchange.word_comments import write_commented
from qualcode.exporting.reports.agreement import write_agreement
from qualcode.exporting.reports.codebook import write_codebook_docx
from qualcode.exporting.reports.colophon import About
from qualcode.exporting.reports.quotes import write_quotes
from qualcode.exporting.reports.themes import write_themes
from qualcode.exporting.wording import Wording

__all__ = [
    "About",
    "Wording",
    "draw_agreement",
    "draw_calibration",
    "draw_coverage",
    "draw_levels",
    "draw_reach",
    "draw_saturation",
    "draw_types",
    "make_folder",
    "picture_bytes",
    "write_agreement",
    "write_bytes",
    "write_codebook_docx",
    "write_commented",
    "write_folder",
    "write_plot",
    "write_quotes",
    "write_rows",
    "write_themes",
    "write_tool_table",
    "write_work",
]
