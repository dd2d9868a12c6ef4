"""What Word files hold that python-docx has no call for, as elements."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def added(parent: Any, name: str, /, **attributes: str) -> Any:
    """A new last child, e.g. `added(properties, "w:lang", val="cy-GB")`."""
    child = made(name, **attributes)
    parent.append(child)
    return child


def made(name: str, /, **attributes: str) -> Any:
    """An element with attributes of the word-processing namespace."""
    found = OxmlElement(name)
    for key, value in attributes.items():
        found.set(qn(f"w:{key}"), value)
    return found


def replaced(parent: Any, name: str, /, **attributes: str) -> Any:
    """The only child of its name; the one before it is gone."""
    for old in parent.findall(qn(name)):
        parent.remove(old)
    return added(parent, name, **attributes)


def marked_language(run_properties: Any, tag: str, *, leftward: bool = False) -> None:
    """Sets the language of what the properties stand for."""
    replaced(run_properties, "w:lang", val=tag, eastAsia=tag, bidi=tag)
    if leftward:
        run_properties.insert_element_before(made("w:rtl"), "w:cs", "w:em", "w:lang")


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field that the word processor works out, with what stands until then."""
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            text = added(paragraph.add_run()._r, "w:instrText")
            text.text = f" {instruction} "
        if kind == "end":
            paragraph.add_run(shown)
        added(paragraph.add_run()._r, "w:fldChar", fldCharType=kind)
