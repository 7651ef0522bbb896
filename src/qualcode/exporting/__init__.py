"""Files for people and programs: the suffix of the name chooses the writer.

Takes complete values and formats them; computes nothing and looks nothing up.
"""

from qualcode.exporting.quotes import write_quotes

__all__ = ["write_quotes"]
