"""Addresses of the register: schools, partnerships, imports and organisations."""

from django.urls import path

from clusterwork.web.registry.views import school, schools

urlpatterns = [
    path("", schools.schools, name="schools"),
    path("schools.csv", schools.schools_csv, name="schools_csv"),
    path("<int:pk>/", school.school, name="school"),
    path("<int:pk>/partnerships/", school.partnerships, name="school_partnerships"),
    path("<int:pk>/history/", school.history, name="school_history"),
]
