"""`python -m clusterwork` is the command `clusterwork`."""

from clusterwork.cli import main

main()
