"""Addresses of programmes, their policies and the forming of clusters."""

from django.urls import path

from clusterwork.web.clusters.views import programmes

urlpatterns = [
    path("", programmes.programmes, name="programmes"),
]
