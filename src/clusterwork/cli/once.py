"""Does the preparing of a database once: not again until the program or its words change."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import distributions
from pathlib import Path

import typer

PACKAGE = Path(__file__).resolve().parent.parent


def prepare_once(
    database: Path, commands: Sequence[Sequence[str]], env: Mapping[str, str], files: Sequence[Path]
) -> str:
    """Runs the commands in order and gives what they said; a second time, what they said then.

    The note of it lies beside the database in `database`, so that both go together. It holds
    for the same commands, the same `files` (by size and time), the same migrations and the same
    installed packages. Ends the program with the code of the first command that fails.
    """
    mark = fingerprint(commands, files)
    note = database / "prepared.json"
    if note.exists() and (kept := json.loads(note.read_text(encoding="utf-8")))["mark"] == mark:
        return str(kept["said"])
    said = "".join(run_one(words, env) for words in commands)
    note.write_text(json.dumps({"mark": mark, "said": said}), encoding="utf-8")
    return said


def run_one(words: Sequence[str], env: Mapping[str, str]) -> str:
    """What one command said on standard output; its errors go where ours go."""
    done = subprocess.run(words, env=env, check=False, stdout=subprocess.PIPE, text=True)  # noqa: S603
    if done.returncode:
        typer.echo(done.stdout, err=True, nl=False)
        raise typer.Exit(done.returncode)
    return done.stdout


def fingerprint(commands: Sequence[Sequence[str]], files: Sequence[Path]) -> str:
    """A hash of all that decides what the commands would do."""
    parts = hashlib.sha256()
    for part in (repr(list(map(list, commands))), *marks_of(files), *sorted(versions())):
        parts.update(part.encode())
    for migration in sorted(PACKAGE.glob("*/migrations/*.py")):
        parts.update(migration.read_bytes())
    return parts.hexdigest()


def marks_of(files: Sequence[Path]) -> Iterator[str]:
    """Name, size and time of each file that is there."""
    for file in files:
        if file.exists():
            stat = file.stat()
            yield f"{file} {stat.st_size} {stat.st_mtime_ns}"


def versions() -> Iterator[str]:
    """What is installed: their migrations come with these."""
    for each in distributions():
        yield f"{each.metadata['Name']}=={each.version}"
