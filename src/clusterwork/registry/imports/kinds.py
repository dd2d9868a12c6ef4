"""Which official file a header belongs to, so that a wrong choice can be put right."""

from __future__ import annotations

from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports.table import Table

# In the order in which they are tried; the first whose columns are all there is named.
TELLING = {
    "gias": ("URN", "EstablishmentName", "PhaseOfEducation (name)", "EstablishmentStatus (name)"),
    "wales": ("school_number", "school_name", "sector"),
    "links": ("URN", "LinkURN", "LinkType"),
    "members": ("URN", "Group UID", "Joined date"),
    "groups": ("Group UID", "Group Name", "Group Type"),
    "csv": ("authority_code", "name", "phase"),
    "partnerships": ("partnership", "kind", "urn"),
    "clusters": ("cluster", "school_number"),
    "flows": ("from_urn", "to_urn", "pupils"),
    "inspections": ("urn", "rating", "inspection_date"),
    "categories": ("urn", "category", "on"),
    "census": ("URN", "NOR"),
    "pupils": ("urn", "pupil_number"),
    "figures": ("urn", "pupils"),
    "absence": ("URN", "PERCTOT"),
    "results": ("urn", "telig", "ptrwm_exp"),
    "examinations": ("URN", "TPUP", "ATT8SCR"),
    "measured": ("measure", "school_number", "value"),
}
COMMANDS = {
    "gias": "clusterwork schools import FILE --source gias",
    "wales": "clusterwork schools import FILE --source wales",
    "csv": "clusterwork schools import FILE --source csv",
    "links": "clusterwork schools links FILE",
    "members": "clusterwork schools groups FILE",
    "groups": "clusterwork schools groups FILE",
    "partnerships": "clusterwork schools partnerships FILE",
    "clusters": "clusterwork clusters import FILE",
    "flows": "clusterwork schools flows FILE",
    "inspections": "clusterwork schools inspections FILE",
    "categories": "clusterwork schools inspections FILE",
    "census": "clusterwork schools census FILE --year YEAR",
    "pupils": "clusterwork schools census FILE --year YEAR",
    "figures": "clusterwork schools census FILE",
    "absence": "clusterwork figures load FILE --layout absence --year YEAR",
    "results": "clusterwork figures load FILE --layout ks2",
    "examinations": "clusterwork figures load FILE --layout ks4 --year YEAR",
    "measured": "clusterwork figures load FILE",
}
NAMES = {
    "gias": N_("the register of England (GIAS)"),
    "wales": N_("the register of Wales"),
    "csv": N_("the Clusterwork template"),
    "links": N_("links between schools"),
    "members": N_("members of trusts and federations"),
    "groups": N_("trusts and federations"),
    "partnerships": N_("partnerships of schools"),
    "clusters": N_("clusters and their schools"),
    "flows": N_("pupils moving on"),
    "inspections": N_("inspections"),
    "categories": N_("support categories"),
    "census": N_("a school census"),
    "pupils": N_("a school census"),
    "figures": N_("a school census"),
    "absence": N_("figures of absence"),
    "results": N_("results of schools"),
    "examinations": N_("results of schools"),
    "measured": N_("figures of measures"),
}


def kind_of(table: Table) -> str | None:
    """The kind of file by its columns, or None."""
    for kind, columns in TELLING.items():
        if all(table.has(column) for column in columns):
            return kind
    return None


def looks_like(table: Table, *, but_not: str) -> Message | None:
    """A sentence on what the file looks like and the command for it, or None."""
    kind = kind_of(table)
    if kind is None or kind == but_not:
        return _parted_otherwise(table)
    text = N_("The file looks like this: %(kind)s. The command for it: %(command)s.")
    return Message(text, {"kind": Message(NAMES[kind]), "command": COMMANDS[kind]})


def _parted_otherwise(table: Table) -> Message | None:
    """Spreadsheets set to other countries part columns by semicolons; copies by tabs."""
    if len(table.header) == 1 and any(mark in table.header[0] for mark in ";\t|"):
        return Message(
            N_("The columns are not parted by commas. Save the file as CSV with commas.")
        )
    return None
