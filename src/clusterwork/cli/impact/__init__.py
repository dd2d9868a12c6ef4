"""`clusterwork impact`: analyses of files, without a database."""

from __future__ import annotations

import typer

from clusterwork.cli.impact import compare, did, few, power, small, value_added

app = typer.Typer(help="Did it help? Estimates and their uncertainty, from files.")
app.command("value-added")(value_added.value_added)
app.command("cells")(value_added.cells)
app.command("did")(did.did)
app.command("few")(few.few)
app.command("compare")(compare.compare)
app.command("power")(power.power)
app.command("small")(small.small)
