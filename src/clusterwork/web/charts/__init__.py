"""Figures on pages: the finding, its picture, its table, its source, and both as files.

A page's view makes its `Figure` once. The files are the same page asked with `?figure=…&form=png`
or `form=csv`: they have no addresses of their own, so whoever may see the page may have its files,
and nobody else.

    figure = Figure("trend", chart, columns, rows, source=..., dates=...)
    if file := figure_file(request, figure):
        return file
    return render(request, "…", {"figure": figure, ...}, using="jinja2")

In the template: `{% from "charts/figure.html" import figure as show_figure %}` and
`{{ show_figure(figure, request) }}`.
"""

from clusterwork.web.charts.columns import Column, number_column, percent_column, text_column
from clusterwork.web.charts.figure import Figure
from clusterwork.web.charts.files import figure_csv, figure_file, figure_png

__all__ = [
    "Column",
    "Figure",
    "figure_csv",
    "figure_file",
    "figure_png",
    "number_column",
    "percent_column",
    "text_column",
]
