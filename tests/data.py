"""Where the data beside the project is, for tests that need it; without it they are skipped and say so."""

from __future__ import annotations

import pytest
from evaluation.gold import shared_folder

__all__ = ["needs_data", "shared_folder"]

needs_data = pytest.mark.skipif(
    shared_folder() is None, reason="no data beside the project: SELON_DATA names its folder"
)
