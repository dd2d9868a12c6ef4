"""`python -m benchmarks.impact`: value added; the size of tests is `benchmarks.impact.size`."""

from benchmarks.impact.value_added import main

main()
