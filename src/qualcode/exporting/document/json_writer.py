"""Values as JSON: sorted keys, UTF-8, the same values give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from qualcode.model.json_values import to_json_value


def json_bytes(value: Mapping[str, Any]) -> bytes:
    """Return a mapping of values of the model as the bytes of a JSON file."""
    # NaN is no JSON: a figure that does not exist is null.
    text = json.dumps(
        to_json_value(value), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False
    )
    # Half a surrogate pair, from a broken file, has no UTF-8.
    return (text + "\n").encode("utf-8", "replace")
