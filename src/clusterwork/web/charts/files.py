"""A figure as files: its picture as PNG, its table as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.charts.figure import Figure
from clusterwork.web.charts.kept import kept_png
from clusterwork.web.documents import file_name
from clusterwork.web.spreadsheet import csv_lines


def figure_file(request: HttpRequest, *figures: Figure) -> HttpResponseBase | None:
    """The file that the address asks for (`?figure=trend&form=csv`); none where it asks for a page.

    Raises `NotThere` for a figure or form that there is not.
    """
    form = request.GET.get("form")
    if form not in ("png", "csv"):
        return None
    for figure in figures:
        if figure.name == request.GET.get("figure"):
            return figure_png(request, figure) if form == "png" else figure_csv(figure)
    raise NotThere(
        Message(N_("This page has no such figure.")),
        next_step=Message(N_("Open the page and follow the links below the figure.")),
    )


def figure_png(request: HttpRequest, figure: Figure) -> HttpResponse:
    """The picture, with its title and its source on it."""
    picture = HttpResponse(kept_png(figure.chart, figure.source_line), content_type="image/png")
    return _named(picture, figure, "png")


def figure_csv(figure: Figure) -> HttpResponse:
    """The table, with its source below; no cell is taken for a formula."""
    lines = csv_lines([str(column.heading) for column in figure.columns], _rows(figure))
    return _named(
        HttpResponse("".join(lines), content_type="text/csv; charset=utf-8"), figure, "csv"
    )


def _rows(figure: Figure) -> Iterator[list[object]]:
    for row in figure.rows:
        yield [column.in_file(value) for column, value in zip(figure.columns, row, strict=True)]
    yield []
    yield [figure.finding]
    yield [figure.source_line]
    if figure.note:
        yield [str(figure.note)]


def _named(response: HttpResponse, figure: Figure, ending: str) -> HttpResponse:
    name = f"{file_name(str(figure.file_name or figure.finding))}.{ending}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
