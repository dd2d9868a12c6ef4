"""What a document can't be built of: mistakes of the code that fills it, not of its readers."""

from __future__ import annotations


class NotADocument(ValueError):
    """The blocks make no document that everybody can read."""


class HeadingsJump(NotADocument):
    """A heading stands more than one level below the one before it."""

    def __init__(self, level: int, before: int) -> None:
        super().__init__(f"A heading of level {level} follows one of level {before}.")


class NoAltText(NotADocument):
    """A figure has no words that stand for it."""


class NotAnImage(NotADocument):
    """A figure holds something other than an SVG document."""


class NoColumns(NotADocument):
    """A table has no columns."""


class RowOfOtherLength(NotADocument):
    """A row has more or fewer cells than the table has columns."""

    def __init__(self, number: int, n_cells: int, n_columns: int) -> None:
        super().__init__(f"Row {number} has {n_cells} cells under {n_columns} columns.")


class UnknownLanguage(NotADocument):
    """A language is named by something other than a tag such as `cy` or `en-gb`."""

    def __init__(self, tag: str) -> None:
        super().__init__(f"{tag!r} is no language tag.")
