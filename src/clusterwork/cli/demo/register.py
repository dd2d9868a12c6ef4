"""The demonstration's register: the invented county's files, or a real file, through the importers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from clusterwork.lookalike import build_county, write_county
from clusterwork.registry.models import Authority, School
from clusterwork.registry.services.imports import import_register

SEED = 1


@dataclass(frozen=True)
class Loaded:
    """What was loaded: the authorities' codes, and a line to tell."""

    codes: tuple[str, ...]
    told: str


def load_file(file: Path, day: dt.date) -> Loaded:
    """A real register, its kind recognised by its header; rows that cannot be taken are left."""
    raise NotImplementedError(file, day)


def load_lookalike(day: dt.date) -> Loaded:
    """The invented county with all that is known of its schools; nothing the second time."""
    raise NotImplementedError(day, SEED, TemporaryDirectory, build_county, write_county, Authority, School, import_register)
