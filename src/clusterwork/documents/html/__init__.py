"""Documents as HTML: a fragment for a page of the service, or a page that stands by itself."""

from clusterwork.documents.html.fragment import to_html
from clusterwork.documents.html.page import to_html_page

__all__ = ["to_html", "to_html_page"]
