"""Selon reads news and shows who says so: every statement, its source, what an article rests on."""

__version__ = "0.1.0"

from selon.api import ReadingView, read

__all__ = ["ReadingView", "__version__", "read"]
