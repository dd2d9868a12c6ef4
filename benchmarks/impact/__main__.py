"""`python -m benchmarks.impact [value_added] [panel]`; tests' size: `benchmarks.impact.size`."""

import sys

from benchmarks.impact import panel, value_added

if __name__ == "__main__":
    for name, part in {"value_added": value_added, "panel": panel}.items():
        if not sys.argv[1:] or name in sys.argv[1:]:
            part.main()
