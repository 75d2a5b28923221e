"""Search over a library: what was said, or whole texts."""

from selon.library.search.filters import FilterError, Filters
from selon.library.search.find import Facets, Order, Query, Results, facets, search
from selon.library.search.hits import Hit, Part
from selon.library.search.query import QueryError

__all__ = [
    "Facets",
    "FilterError",
    "Filters",
    "Hit",
    "Order",
    "Part",
    "Query",
    "QueryError",
    "Results",
    "facets",
    "search",
]
