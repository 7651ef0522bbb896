"""Stores a project in one SQLite file or in a PostgreSQL database."""

from qualcode.storage.codebooks import CodebookVersion
from qualcode.storage.codings import CodingContext
from qualcode.storage.session import ProjectInfo
from qualcode.storage.store import Store

__all__ = ["CodebookVersion", "CodingContext", "ProjectInfo", "Store"]
