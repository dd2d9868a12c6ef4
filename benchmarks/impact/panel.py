"""Staggered starts of 20,000 schools in ten years beside other tools, with their estimates."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.impact.programs import PEERS
from benchmarks.impact.timing import apart, in_turns, size_of, table

SCHOOLS, YEARS, FIRST = 20_000, 10, 2014
STARTS = (2017, 2018, 2019, 2020, 2021, 0, 0, 0)
OURS = """
import sys, pyarrow.csv
from clusterwork.impact.did import fit_did
fit = fit_did(pyarrow.csv.read_csv(sys.argv[1]), "y", "school", "year", "start", "school")
print(f"simple {fit.simple.estimate:.10f} ({fit.simple.se:.10f})")
"""
PEER_PROGRAMS = {
    "diff-diff": """
import sys, warnings, pandas
warnings.simplefilter("ignore")
from diff_diff import CallawaySantAnna
fit = CallawaySantAnna(control_group="never_treated").fit(pandas.read_csv(sys.argv[1]),
    outcome="y", unit="school", time="year", first_treat="start", aggregate="all")
print(f"simple {fit.overall_att:.10f} ({fit.overall_se:.10f})")
""",
    "csdid": """
import sys, warnings, pandas
warnings.simplefilter("ignore")
from csdid.att_gt import ATTgt
fit = ATTgt(yname="y", gname="start", idname="school", tname="year",
    data=pandas.read_csv(sys.argv[1]), control_group=["nevertreated"]).fit(bstrap=False)
told = [fit.aggte(kind, bstrap=False, cband=False).atte
    for kind in ("group", "dynamic", "calendar", "simple")]
print(f"simple {told[-1]['overall_att']:.10f} ({told[-1]['overall_se']:.10f})")
""",
    "differences": """
import sys, warnings, pandas
warnings.simplefilter("ignore")
from differences import ATTgt
rows = pandas.read_csv(sys.argv[1])
rows["start"] = rows["start"].where(rows["start"] > 0)
fit = ATTgt(data=rows.set_index(["school", "year"]), cohort_column="start")
fit.fit("y", progress_bar=False)
for kind in ("cohort", "event", "time"):
    fit.aggregate(kind, overall=True)
told = fit.aggregate("simple").iloc[0]
print(f"simple {told.iloc[0]:.10f} ({told.iloc[1]:.10f})")
""",
}
MODULES = {"diff-diff": "diff_diff", "csdid": "csdid", "differences": "differences"}


def main() -> None:
    """One table, as shares of diff-diff's time where it is installed."""
    with tempfile.TemporaryDirectory(prefix="clusterwork-bench-") as folder:
        file = Path(folder) / "panel.csv"
        apart(write_panel, file)
        asked = {name: [*run, str(file)] for name, run in programs().items()}
        print(f"{SCHOOLS:,} schools in {YEARS} years, {size_of(file)}", flush=True)
        beside = "diff-diff" if "diff-diff" in asked else "clusterwork"
        print(table(in_turns(asked), beside, answers=True), flush=True)


def write_panel(file: Path, seed: int = 5) -> None:
    """A row a school and year: when it starts (0 for never) and an outcome that rises after."""
    rng = np.random.default_rng(seed)
    start = np.array(STARTS)[rng.integers(0, len(STARTS), SCHOOLS)]
    years = FIRST + np.arange(YEARS)
    since = years[None, :] - np.where(start == 0, 9_999, start)[:, None]
    outcome = rng.normal(size=(SCHOOLS, 1)) + 0.1 * np.arange(YEARS) + 0.3 * (since >= 0)
    outcome = outcome + 0.5 * rng.normal(size=outcome.shape)
    pl.DataFrame(
        {
            "school": np.repeat(100_000 + np.arange(SCHOOLS), YEARS),
            "year": np.tile(years, SCHOOLS),
            "start": np.repeat(start, YEARS),
            "y": outcome.ravel(),
        }
    ).write_csv(file)


def programs() -> dict[str, list[str]]:
    """By name the command, to which the file is added; only what is installed."""
    told = {"clusterwork": [sys.executable, "-c", OURS]}
    for name, program in PEER_PROGRAMS.items():
        if _installed(MODULES[name]):
            told[name] = [str(PEERS), "-c", program]
    return told


def _installed(module: str) -> bool:
    if not PEERS.exists():
        return False
    look = f"import importlib.util as u, sys; sys.exit(u.find_spec({module!r}) is None)"
    return subprocess.run([str(PEERS), "-c", look], check=False).returncode == 0


if __name__ == "__main__":
    main()
