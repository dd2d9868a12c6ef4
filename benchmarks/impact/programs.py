"""What each tool is asked to run, as a cold process of its own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from benchmarks.impact.pupils import NAMES

PEERS = Path(".venv-bench/bin/python")
OURS = """
import os, sys
os.environ["POLARS_ROW_GROUP_PREFETCH_SIZE"] = "1"  # as the command does
import polars
from clusterwork.impact.value_added import fit_value_added
fit = fit_value_added(polars.scan_parquet(sys.argv[1]), outcome="y", covariates={names},
    levels=["authority", "school"], slope={slope})
print(fit.deviance)
"""
SCAN = """
import sys, duckdb
columns = ", ".join(f"sum({{name}})" for name in {names} + ["y", "authority", "school"])
print(duckdb.sql(f"SELECT {{columns}} FROM '{{sys.argv[1]}}'").fetchall()[0][0])
"""
LME_PYTHON = """
import sys, polars, lme_python
fit = lme_python.lmer("y ~ {formula} + (1 | authority) + (1 | school)",
    polars.read_parquet(sys.argv[1]))
print(fit.reml_criterion)
"""
LME4 = """
suppressMessages(library(lme4))
rows <- read.csv(commandArgs(TRUE)[1])
print(REMLcrit(lmer(y ~ {formula} + (1 | authority) + (1 | school), rows)), digits = 12)
"""


def programs() -> dict[str, list[str]]:
    """By name the command, to which the file of pupils is added; only what is installed."""
    told = {
        "DuckDB scan": _python(SCAN),
        "clusterwork": _python(OURS, slope=None),
        "clusterwork, slope": _python(OURS, slope="x0"),
    }
    if PEERS.exists():
        told["lme-python"] = [str(PEERS), "-c", _filled(LME_PYTHON)]
    if shutil.which("Rscript"):
        told["lme4"] = ["Rscript", "-e", _filled(LME4)]
    return told


def _python(text: str, **other: object) -> list[str]:
    return [sys.executable, "-c", _filled(text, **other)]


def _filled(text: str, **other: object) -> str:
    named = {key: repr(value) for key, value in other.items()}
    return text.format(names=repr(NAMES), formula=" + ".join(NAMES), **named)
