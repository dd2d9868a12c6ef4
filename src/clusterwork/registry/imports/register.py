"""The three kinds of register file and their readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from clusterwork.registry.imports import gias, template, wales
from clusterwork.registry.imports.records import Rejection, SchoolRecord
from clusterwork.registry.imports.table import Table

Opener = Callable[[Path | BinaryIO, str], Table]
Reader = Callable[[Table, date], Iterator[SchoolRecord | Rejection]]


@dataclass(frozen=True, slots=True)
class Register:
    """How one kind of file is opened and read; `number` is the field that names its schools."""

    open_file: Opener
    read: Reader
    number: str


REGISTERS = {
    "gias": Register(gias.open_file, gias.read, "urn"),
    "wales": Register(wales.open_file, wales.read, "welsh_number"),
    "csv": Register(template.open_file, template.read, "urn"),
}
