"""The store of a project: one SQLite file, or a PostgreSQL database."""

from qualcode.storage.codebooks import CodebookVersion
from qualcode.storage.session import ProjectInfo
from qualcode.storage.store import Store

__all__ = ["CodebookVersion", "ProjectInfo", "Store"]
