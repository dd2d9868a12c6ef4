"""A drawn SVG made fit for a page: named, described, scaling, without styles and scripts."""

from __future__ import annotations

from xml.etree import ElementTree

from clusterwork.charts.lettering import plain

SVG = "http://www.w3.org/2000/svg"
DROPPED = ("role", "class", "style", "pointer-events")


def accessible(drawn: str, known_as: str, title: str, description: str) -> str:
    """The SVG element with its title and description; ids start with `known_as`."""
    ElementTree.register_namespace("", SVG)
    # Written by our own engine a moment ago.
    root = ElementTree.fromstring(drawn)  # noqa: S314
    for element in root.iter():
        _clean(element)
    _drop_empty(root)
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    root.set("role", "img")
    root.set("aria-labelledby", f"{known_as}-t {known_as}-d")
    root.set("focusable", "false")
    _say(root, 0, "title", f"{known_as}-t", title)
    _say(root, 1, "desc", f"{known_as}-d", description)
    return ElementTree.tostring(root, encoding="unicode")


def _clean(element: ElementTree.Element) -> None:
    for name in list(element.attrib):
        if name in DROPPED or name.startswith("aria-"):
            del element.attrib[name]


def _drop_empty(root: ElementTree.Element) -> None:
    """Takes out the frames that are drawn for pointers only."""
    for parent in root.iter():
        for child in list(parent):
            if child.get("display") == "none" or child.get("d") == "M0,0h0v0h0Z":
                parent.remove(child)


def _say(root: ElementTree.Element, at: int, tag: str, known_as: str, words: str) -> None:
    element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": known_as})
    element.text = plain(words)
    root.insert(at, element)
