"""The open files that the studies rest on, as texts; codes such as SUPP are no figure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

DATA = Path(__file__).parents[2] / "shared" / "data"
FILES = {
    "results": "ks2_england_2016_2019.csv.gz",
    "links": "gias_links.csv.gz",
    "register": "gias_england_20220425.csv.gz",
    "memberships": "gias_group_links.csv.gz",
    "census": "census_england_201819.csv.gz",
}


@dataclass(frozen=True)
class Sources:
    """Each file as its publisher wrote it, every column a text; `FILES` says which is which."""

    results: pl.DataFrame
    links: pl.DataFrame
    register: pl.DataFrame
    memberships: pl.DataFrame
    census: pl.DataFrame


def absent(folder: Path) -> list[str]:
    """The files that are not there."""
    return [name for name in FILES.values() if not (folder / name).exists()]


def read(folder: Path) -> Sources:
    """All files of a folder."""
    frames = {key: pl.read_csv(folder / name, infer_schema_length=0) for key, name in FILES.items()}
    return Sources(**frames)


def figure(name: str) -> pl.Expr:
    """A column as numbers; blanks and codes (SUPP, LOWCOV) are null."""
    return pl.col(name).cast(pl.Float64, strict=False)
