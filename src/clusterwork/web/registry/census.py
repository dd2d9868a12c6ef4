"""Who gets which page of the register."""

from clusterwork.web.census import SIGNED_IN, Rule

CENSUS = {
    "schools": Rule(allowed=SIGNED_IN),
    "school": Rule(allowed=SIGNED_IN, needs=("school",)),
}
