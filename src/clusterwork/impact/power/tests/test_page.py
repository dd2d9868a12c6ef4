"""The table of docs/algorithms/impact-power.md."""

from pathlib import Path

from clusterwork.impact.power import Design, PanelDesign, detectable

PAGE = Path(__file__).parents[5] / "docs/algorithms/impact-power.md"


def shown(least):
    return "none" if least is None else f"{least:.2f}"


def test_the_table():
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    rows = [row for row in rows if len(row) == 6][2:]
    assert len(rows) == 6
    for clusters, treated, method, assignments, once, changes in rows:
        arms = {"clusters": int(clusters), "treated": int(treated), "schools": 7, "pupils": 30}
        one = detectable(Design(**arms, cluster_share=0.02, school_share=0.1))
        other = detectable(PanelDesign(**arms, shock=0.1, autocorrelation=0.5))
        assert [one.test.method, str(one.test.assignments)] == [method, assignments]
        assert [shown(one.least), shown(other.least)] == [once, changes]
