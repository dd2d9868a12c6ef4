"""Addresses of the home page and of the pages about the service."""

from django.urls import path

from clusterwork.web.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
]
