"""Documents as Word files."""

from clusterwork.documents.word.write import to_docx

__all__ = ["to_docx"]
