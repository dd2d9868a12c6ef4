"""`python -m studies [folder]`: rebuilds the pages from the open data beside the project."""

from __future__ import annotations

import sys
from pathlib import Path

from studies.pages import pages
from studies.reading import DATA, absent, read

PAGES = Path(__file__).parents[1] / "docs" / "studies"


def main() -> None:
    """Writes every page; says what is absent instead where it is."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else PAGES
    lacking = absent(DATA)
    if lacking:
        print(f"Nothing written; absent from ../shared/data: {', '.join(lacking)}")
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages(read(DATA)).items():
        (folder / name).write_text(text, encoding="utf-8")
        print(f"docs/studies/{name}")


if __name__ == "__main__":
    main()
