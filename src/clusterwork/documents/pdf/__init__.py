"""Documents as tagged PDF (PDF/UA-1)."""

from clusterwork.documents.pdf.counting import n_pages
from clusterwork.documents.pdf.write import NotSet, to_pdf

__all__ = ["NotSet", "n_pages", "to_pdf"]
