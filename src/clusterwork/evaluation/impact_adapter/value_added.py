"""Statistics of pupils, read and fitted: texts in, plain values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import NormalDist
from typing import Any

from clusterwork.impact.value_added import Cells, ValueAddedFit, fit_cells, nothing, total
from clusterwork.impact.value_added.fitting import hash_of
from clusterwork.impact.value_added.narrowing import narrowed
from clusterwork.impact.value_added.storing import from_json, to_json
from clusterwork.kernel.messages import Message

LEVEL = 0.95


@dataclass(frozen=True)
class Facts:
    """What a file of statistics is of. `text` is the file as it was understood, nothing besides.

    n_schools: groups of the lowest level; n_single: those of one pupil; fewest: pupils of the
    smallest. slope is empty without one.
    """

    outcome: str
    covariates: tuple[str, ...]
    levels: tuple[str, ...]
    slope: str
    n_pupils: int
    n_missing: int
    n_schools: int
    n_single: int
    fewest: int
    data_hash: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Model:
    """What is chosen among the columns of the statistics."""

    covariates: tuple[str, ...]
    levels: tuple[str, ...]
    slope: str = ""


def facts_of(text: str) -> Facts:
    """What the file is of; raises `NotCells` or one of its kinds, with what is wrong with it."""
    cells = from_json(text)
    columns, counts = cells.columns, cells.sums[:, 0]
    return Facts(
        outcome=columns.outcome,
        covariates=columns.covariates,
        levels=columns.levels,
        slope=columns.slope or "",
        n_pupils=cells.n,
        n_missing=cells.missing,
        n_schools=len(cells.keys),
        n_single=int((counts < 2).sum()),
        fewest=int(counts.min(initial=cells.n)),
        data_hash=hash_of(cells),
        text=to_json(cells),
    )


def columns_alone(text: str) -> str:
    """The columns and constants of the statistics without a sum: what `--centre` reads."""
    return to_json(nothing(from_json(text).columns))


def check_together(texts: Sequence[str]) -> None:
    """Raises `CellsDiffer` where the statistics are of different columns or constants."""
    total([_emptied(from_json(text)) for text in texts])


def value_added(texts: Sequence[str], model: Model) -> dict[str, Any]:
    """The model fitted to all statistics together, as plain values for JSON.

    The keys of the command line's file (see `ValueAddedFit.to_dict`), and besides: `fixed` with
    `low` and `high`; `effects` by level with `key` (of all levels around it, outermost first),
    `estimate`, `sd`, `n`, `low`, `high`; `counts` of each part, pupils by the key of the lowest
    level that was uploaded (a list of [key, n]), with `all_levels`; `notes`, `assumptions` and
    `sentences` as templates with parameters; `model`.

    Raises `CellsDiffer`, `NotInTheStatistics`, and what `fit_cells` raises.
    """
    parts = [from_json(text) for text in texts]
    whole = total(parts)
    cells = narrowed(
        whole, covariates=model.covariates, levels=model.levels, slope=model.slope or None
    )
    fit = fit_cells(cells)
    return {
        **_plain(fit),
        "model": asdict(model),
        "fixed": [_with_interval(asdict(each), each.df) for each in fit.fixed],
        "effects": _effects(fit, cells),
        "all_levels": list(whole.columns.levels),
        "counts": [_counts(part) for part in parts],
        "notes": [_told(note) for note in fit.notes],
        "assumptions": [_told(each) for each in fit.assumptions],
        "sentences": [_told(each) for each in fit.sentences()],
    }


def _emptied(cells: Cells) -> Cells:
    return nothing(cells.columns)


def _plain(fit: ValueAddedFit) -> dict[str, Any]:
    """The numbers; an infinite one (degrees of freedom) as None, for JSON has no word for it."""
    return {name: _finite(value) for name, value in fit.to_dict().items()}


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _finite(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    if isinstance(value, float) and value - value != 0.0:
        return None
    return value


def _with_interval(told: dict[str, Any], df: float) -> dict[str, Any]:
    from scipy import stats  # only the worker needs it; a page would wait half a second

    half = float(stats.t.ppf((1 + LEVEL) / 2, df)) * float(told["se"])
    estimate = float(told["estimate"])
    return _finite({**told, "low": estimate - half, "high": estimate + half})  # type: ignore[no-any-return]


def _effects(fit: ValueAddedFit, cells: Cells) -> dict[str, list[dict[str, Any]]]:
    """By level the groups with their keys and the interval of each."""
    half = NormalDist().inv_cdf((1 + LEVEL) / 2)
    told: dict[str, list[dict[str, Any]]] = {}
    for depth, level in enumerate(fit.levels, start=1):
        keys = list(dict.fromkeys(key[:depth] for key in cells.keys))
        told[level] = [
            {
                "key": list(key),
                "estimate": each.estimate,
                "sd": each.sd,
                "n": each.n,
                "low": each.estimate - half * each.sd,
                "high": each.estimate + half * each.sd,
            }
            for key, each in zip(keys, fit.effects(level), strict=True)
        ]
    return told


def _counts(cells: Cells) -> list[list[Any]]:
    counts = cells.sums[:, 0].round().astype(int).tolist()
    return [[list(key), n] for key, n in zip(cells.keys, counts, strict=True)]


def _told(message: Message) -> dict[str, Any]:
    return {"template": message.template, "params": dict(message.params)}
