"""Files for people and programs: the suffix of the name chooses the writer.

Takes complete values and formats them; computes nothing and looks nothing up.
"""

from qualcode.exporting.charts.calibration import draw_calibration
from qualcode.exporting.charts.plots import (
    draw_agreement,
    draw_reach,
    draw_saturation,
    picture_bytes,
    write_plot,
)
from qualcode.exporting.charts.theme_charts import draw_coverage, draw_levels, draw_types
from qualcode.exporting.files import make_folder
from qualcode.exporting.interchange.coder_package import write_work
from qualcode.exporting.interchange.plain_table import write_rows
from qualcode.exporting.reports.agreement import write_agreement
from qualcode.exporting.reports.quotes import write_quotes
from qualcode.exporting.reports.themes import write_themes

__all__ = [
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
    "write_plot",
    "write_quotes",
    "write_rows",
    "write_themes",
    "write_work",
]
