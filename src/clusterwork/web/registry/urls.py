"""Addresses of the register: schools, partnerships, imports and organisations."""

from django.urls import path

from clusterwork.web.registry.views import school, schools

urlpatterns = [
    path("", schools.schools, name="schools"),
    path("<int:pk>/", school.school, name="school"),
]
