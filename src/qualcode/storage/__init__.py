"""Stores a project in one SQLite file or in a PostgreSQL database."""

from qualcode.storage.codebooks import CodebookVersion
from qualcode.storage.session import ProjectInfo
from qualcode.storage.store import Store

__all__ = ["CodebookVersion", "ProjectInfo", "Store"]
