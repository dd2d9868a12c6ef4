"""Who may open the home page and the pages about the service."""

from clusterwork.web.census import EVERYONE, Rule

CENSUS = {
    "home": Rule(EVERYONE),
    "accessibility": Rule(EVERYONE),
    "privacy": Rule(EVERYONE),
    "healthz": Rule(EVERYONE),
}
