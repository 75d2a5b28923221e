"""Sources over all articles: one person under many spellings, one institution under its names, the others apart."""

from selon.library.sources.folding import folded

__all__ = ["folded"]
