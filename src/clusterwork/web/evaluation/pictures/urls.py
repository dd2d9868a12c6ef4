"""Addresses of pictures, from the root of the language."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
