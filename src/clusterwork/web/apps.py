"""The room's entry in Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Nothing to do at start."""

    name = "clusterwork.web"
    label = "web"
