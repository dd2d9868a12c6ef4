"""The demonstration's register: the invented county or a real one, as users load it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from clusterwork.lookalike import build_county, write_county
from clusterwork.registry.imports.boundaries import read as read_boundaries
from clusterwork.registry.imports.raw import FileUnreadable
from clusterwork.registry.models import Authority, ImportRun, ImportState
from clusterwork.registry.services import lists
from clusterwork.registry.services.boundaries import keep_boundaries
from clusterwork.registry.services.imports import import_register

SEED = 1
SOURCES = ("gias", "wales", "csv")
COUNTY = "invented county"

# The county's files beside the register, in the order in which they lean on each other.
LISTS: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("links.csv", lists.load_links),
    ("groups.csv", lists.load_groups),
    ("group_links.csv", lists.load_groups),
    ("partnerships.csv", lists.load_partnerships),
    ("inspections.csv", lists.load_assessments),
    ("support_categories.csv", lists.load_assessments),
    ("flows.csv", lists.load_flows),
)


@dataclass(frozen=True)
class Loaded:
    """What was loaded: the authorities' codes, and a line to tell."""

    codes: tuple[str, ...]
    told: str


def load_file(file: Path, day: dt.date) -> Loaded:
    """A real register, its kind recognised by its columns; rows that can't be taken stay out.

    Raises `FileUnreadable`.
    """
    run = run_of_same_file(file) or import_any(file, day)
    told = f"{file.name}: {run.n_read} rows read, {run.n_rejected} of them left out."
    return Loaded(codes_of(run), told)


def run_of_same_file(file: Path) -> ImportRun | None:
    """The import of an earlier start, if this very file was loaded then."""
    if not file.is_file():
        return None
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return ImportRun.objects.filter(
        sha256=digest, source__in=SOURCES, state=ImportState.CONFIRMED
    ).first()


def import_any(file: Path, day: dt.date) -> ImportRun:
    """Tries each kind of register; the first that knows the columns takes it."""
    refusals = []
    for source in SOURCES:
        try:
            _, run = import_register(file, source=source, by=None, today=day, accept_good_rows=True)
        except FileUnreadable as error:
            refusals.append(error)
        else:
            return cast(ImportRun, run)  # only a dry run has none
    raise refusals[0]


def codes_of(run: ImportRun) -> tuple[str, ...]:
    """The codes of the authorities whose schools came with this import."""
    found = Authority.objects.filter(schools__changes__run=run).distinct().order_by("code")
    return tuple(found.values_list("code", flat=True))


def load_lookalike(day: dt.date) -> Loaded:
    """The invented county with all that is known of its schools; nothing the second time."""
    run = ImportRun.objects.filter(file_name=COUNTY, state=ImportState.CONFIRMED).first()
    if run is None:
        with TemporaryDirectory() as folder:
            run = load_county(Path(folder), day)
    return Loaded(codes_of(run), f"An invented county: {run.n_read} schools, open and closed.")


def load_county(folder: Path, day: dt.date) -> ImportRun:
    """Writes the county's files and loads each by its own importer; the register comes first."""
    write_county(build_county(seed=SEED), folder)
    load = partial(import_register, source="gias", by=None, today=day, name=COUNTY)
    _, run = load(folder / "schools.csv")
    for name, load_list in LISTS:
        load_list(folder / name, by=None, today=day)
    for file in sorted(folder.glob("census_*.csv")):
        lists.load_census(file, year=int(file.stem[-4:]), by=None, today=day)
    keep_boundaries(read_boundaries(folder / "boundaries.geojson"))
    return cast(ImportRun, run)  # only a dry run has none
