"""`clusterwork impact value-added` and `cells`: how much pupils gained, school by school."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clusterwork.cli.impact.opening import Engine, opened, said_in_words
from clusterwork.cli.writing import can_write, write_whole

if TYPE_CHECKING:
    from clusterwork.impact.value_added import Cells, ValueAddedFit

Outcome = Annotated[str, typer.Option(metavar="COLUMN", help="What pupils reached.")]
Covariates = Annotated[
    str, typer.Option(metavar="A,B", help="What they brought with them; may be empty.")
]
Levels = Annotated[
    str, typer.Option(metavar="LEA,SCHOOL", help="Groups, from the outermost to the lowest.")
]
Slope = Annotated[
    str | None, typer.Option(metavar="A", help="A covariate that counts differently by school.")
]
Centre = Annotated[
    Path | None,
    typer.Option(metavar="CELLS.json", help="Take the constants of these statistics."),
]
Fewest = Annotated[
    int,
    typer.Option(
        min=1, help="Leave out schools of fewer pupils; a service takes none of a single pupil."
    ),
]
Held = Annotated[Engine, typer.Option(help="Who holds the rows and adds them up.")]


def cells(
    pupils: Annotated[Path, typer.Argument(metavar="PUPILS.csv|parquet", help="One row a pupil.")],
    outcome: Outcome,
    levels: Levels,
    out: Annotated[Path, typer.Option(metavar="CELLS.json", help="Where the statistics go.")],
    covariates: Covariates = "",
    slope: Slope = None,
    centre: Centre = None,
    fewest: Fewest = 1,
    engine: Held = Engine.POLARS,
) -> None:
    """Add pupils up by school, so that no pupil's row has to leave this machine.

    The file is not anonymous: a school of one pupil stands in it. Treat it as restricted.
    """
    from clusterwork.impact.value_added.storing import to_json

    with said_in_words():
        can_write(out)
        made = _added_up(
            pupils,
            outcome,
            _names(covariates),
            _names(levels),
            slope,
            _constants(_stored(centre)) if centre else {},
            engine,
            fewest,
        )
        write_whole(out, to_json(made))
    typer.echo(f"{made.n} pupils in {len(made.keys)} groups; left out {made.missing}", err=True)


def value_added(
    pupils: Annotated[
        list[Path],
        typer.Argument(
            metavar="PUPILS.csv|parquet", help="One row a pupil; or files made by cells."
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="FIT.json", help="Where the results go.")],
    outcome: Outcome = "",
    levels: Levels = "",
    covariates: Covariates = "",
    slope: Slope = None,
    engine: Held = Engine.POLARS,
) -> None:
    """Fit pupils in schools in authorities or clusters by restricted maximum likelihood.

    Give one file of pupils with --outcome and --levels, or any number of files made by
    `clusterwork impact cells`. Ends with 2 when a file cannot be used (nothing is written).
    """
    from clusterwork.impact.value_added import fit_cells, total

    with said_in_words():
        can_write(out)
        parts = _parts(pupils, outcome, covariates, levels, slope, engine)
        fit = fit_cells(total(parts))
        write_whole(out, fit.to_json() + "\n")
    _say(fit)


def _parts(
    pupils: list[Path],
    outcome: str,
    covariates: str,
    levels: str,
    slope: str | None,
    engine: Engine,
) -> list[Cells]:
    """The statistics of each file; those of pupils' files at the constants of the first."""
    if all(path.suffix.lower() == ".json" for path in pupils):
        return [_stored(path) for path in pupils]
    if not outcome or not levels:
        raise typer.BadParameter("A file of pupils needs --outcome and --levels.")
    parts: list[Cells] = []
    for path in pupils:
        constants = _constants(parts[0]) if parts else {}
        parts.append(
            _added_up(path, outcome, _names(covariates), _names(levels), slope, constants, engine)
        )
    return parts


def _added_up(
    path: Path,
    outcome: str,
    covariates: list[str],
    levels: list[str],
    slope: str | None,
    constants: dict[str, float],
    engine: Engine,
    fewest: int = 1,
) -> Cells:
    from clusterwork.impact.value_added import cells_of

    return cells_of(
        opened(path, engine),
        outcome=outcome,
        covariates=covariates,
        levels=levels,
        slope=slope,
        constants=constants,
        fewest=fewest,
    )


def _constants(cells: Cells) -> dict[str, float]:
    """By column the constant taken from it."""
    names = (*cells.columns.covariates, cells.columns.outcome)
    return dict(zip(names, cells.columns.constants, strict=True))


def _stored(path: Path) -> Cells:
    from clusterwork.cli.impact.opening import text_of
    from clusterwork.impact.value_added.storing import from_json

    return from_json(text_of(path))


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _say(fit: ValueAddedFit) -> None:
    """The main numbers on the terminal."""
    typer.echo(f"{fit.n} pupils; deviance {fit.deviance:.3f}", err=True)
    for coefficient in fit.fixed:
        typer.echo(
            f"  {coefficient.name}: {coefficient.estimate:.4f} ({coefficient.se:.4f})", err=True
        )
    for level, share in fit.correlation.items():
        typer.echo(
            f"  {level}: {fit.groups[level]} groups, {100 * share:.1f} % of variance", err=True
        )
    for note in fit.notes:
        typer.echo(str(note), err=True)
