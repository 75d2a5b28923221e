"""Statements as Parquet, one a row with the columns of the spreadsheet, packed with zstd. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from selon.outputs.spreadsheet import COLUMNS, Cell, plain_rows
from selon.types import Reading

_GROUP = 20_000
_NUMBERS = {"start": "int32", "end": "int32", "confidence": "float"}


class NoParquetError(ImportError):
    """The library that writes Parquet is not installed."""


def write_parquet(readings: Iterable[Reading], stream: BinaryIO) -> None:
    """The statements of readings, written in groups of rows. Raises NoParquetError where pyarrow is missing."""
    try:
        import pyarrow as arrow  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise NoParquetError("Parquet needs pyarrow: pip install '.[parquet]'") from error
    schema = arrow.schema([(name, _NUMBERS.get(name, "string")) for name in COLUMNS])
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        group: list[tuple[Cell, ...]] = []
        for reading in readings:
            group += plain_rows(reading)
            if len(group) >= _GROUP:
                writer.write_table(_table(arrow, schema, group))
                group = []
        writer.write_table(_table(arrow, schema, group))


def _table(arrow: object, schema: object, rows: list[tuple[Cell, ...]]) -> object:
    columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    return arrow.table([list(column) for column in columns], schema=schema)  # type: ignore[attr-defined]
