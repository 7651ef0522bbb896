"""qualcode: code interviews, check agreement between coders, get the quotes of each theme."""

from importlib.metadata import version

__version__ = version("qualcode")
