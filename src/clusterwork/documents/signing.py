"""Signature blocks as the table that they are."""

from __future__ import annotations

from clusterwork.documents.tables import Column, Signatures, Table
from clusterwork.documents.words import Words


def as_table(block: Signatures, words: Words) -> Table:
    """A row for each signature, tall enough to sign in."""
    return Table(
        caption=block.caption,
        columns=(
            Column(words.signs_for, width=3),
            Column(words.name, width=3),
            Column(words.role, width=2),
            Column(words.signed, width=4),
        ),
        rows=[(each.signs_for, each.name, each.role, each.signed) for each in block.signatures],
        tall=True,
    )
