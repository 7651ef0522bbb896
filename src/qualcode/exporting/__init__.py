"""Files for people and programs: the suffix of the name chooses the writer.

Takes complete values and formats them; computes nothing and looks nothing up.
"""

from qualcode.exporting.agreement import write_agreement
from qualcode.exporting.calibration_plot import draw_calibration
from qualcode.exporting.files import make_folder
from qualcode.exporting.plots import (
    draw_agreement,
    draw_reach,
    draw_saturation,
    picture_bytes,
    write_plot,
)
from qualcode.exporting.quotes import write_quotes
from qualcode.exporting.rows import write_rows
from qualcode.exporting.theme_plots import draw_coverage, draw_levels, draw_types
from qualcode.exporting.themes import write_themes
from qualcode.exporting.work import write_work

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
