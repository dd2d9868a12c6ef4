"""The tables of docs/algorithms/impact-honest.md."""

from pathlib import Path

from clusterwork.impact.honest import event_study, honest_smooth, pretrends
from clusterwork.impact.honest.tests.published import PROFITS, YEARS, covariance_of_profits

PAGE = Path(__file__).parents[5] / "docs/algorithms/impact-honest.md"


def test_the_tables():
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rows = [row for row in cells if len(row) == 3 and any(sign.isdigit() for sign in row[1])]
    bends, drifts = rows[:5], rows[5:]
    study = event_study(YEARS, PROFITS, covariance_of_profits(), reference=2008)
    told = honest_smooth(study, bends=[float(row[0]) for row in bends])
    shown = [[f"{each.low:.3f}", f"{each.high:.3f}"] for _, each in told.by_bend]
    assert shown == [row[1:] for row in bends]
    assert f"{told.original.low:.3f} to {told.original.high:.3f}" in PAGE.read_text("utf-8")
    slopes = [[f"{each.joint:.4f}", f"{each.any_year:.4f}"] for each in pretrends(study).slopes]
    assert slopes == [row[1:] for row in drifts]
