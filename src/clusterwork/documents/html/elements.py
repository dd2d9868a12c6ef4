"""HTML elements around text that is always escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from clusterwork.documents import languages
from clusterwork.documents.texts import Run, breakable


def element(name: str, inner: str, **attributes: str | None) -> str:
    """`<name class="…">inner</name>`; `inner` is HTML, the attributes are text.

    A trailing or inner underscore of an attribute's name reads as nothing or a hyphen.
    """
    return f"<{name}{written(attributes)}>{inner}</{name}>"


def written(attributes: dict[str, str | None]) -> str:
    """The attributes that have a value."""
    return "".join(
        f' {name.strip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )


def runs_as_html(runs: Iterable[Run], document_language: str) -> str:
    """Runs as phrasing content, each other language marked."""
    return "".join(_run(run, document_language) for run in runs)


def _run(run: Run, document_language: str) -> str:
    inner = "<wbr>".join(map(escape, breakable(run.text))).replace("\n", "<br>")
    if run.emphasis:
        inner = element("em", inner)
    if run.strong:
        inner = element("strong", inner)
    if run.language and not languages.same(run.language, document_language):
        inner = element("span", inner, **language_attributes(run.language))
    return inner


def language_attributes(tag: str) -> dict[str, str | None]:
    """`lang`, and `dir` where the language is written from right to left."""
    direction = "rtl" if languages.runs_leftward(tag) else None
    return {"lang": languages.for_html(tag), "dir": direction}
