"""The room's entry in Django."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Nothing to do at start."""

    name = "clusterwork.notify"
    label = "notify"
