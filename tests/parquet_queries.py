"""The queries of docs/many-interviews.md, run by DuckDB on the tables of a folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb

PAGE = Path(__file__).parent.parent / "docs" / "many-interviews.md"


def run_query(name: str, folder: Path) -> list[tuple[Any, ...]]:
    """Return the rows of the query that the page gives under a name."""
    pattern = re.compile(r"<!-- (\S+) -->\n```sql\n(.*?)```", re.DOTALL)
    queries = dict(pattern.findall(PAGE.read_text("utf-8")))
    in_folder = re.sub(r"'(\w+\.parquet)'", lambda file: f"'{folder / file[1]}'", queries[name])
    return duckdb.execute(in_folder).fetchall()
