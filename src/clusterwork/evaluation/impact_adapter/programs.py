"""Which programs worked a result out, in which versions."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

NAMES = ("clusterwork", "numpy", "scipy", "polars")


def programs() -> dict[str, str]:
    """Versions by name; those that are not installed as packages are left out."""
    found = {}
    for name in NAMES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
