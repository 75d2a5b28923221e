"""Selon reads news and shows who says so: every attributed statement, its source, what an article rests on."""

__version__ = "0.1.0"
