"""Addresses of the register: schools, partnerships, scales, imports and organisations."""

from django.urls import path

from clusterwork.web.registry.views import (
    holidays,
    imports,
    organisations,
    partnerships,
    scales,
    school,
    schools,
    settings,
)

urlpatterns = [
    path("", schools.schools, name="schools"),
    path("schools.csv", schools.schools_csv, name="schools_csv"),
    path("<int:pk>/", school.school, name="school"),
    path("<int:pk>/partnerships/", school.partnerships, name="school_partnerships"),
    path("<int:pk>/history/", school.history, name="school_history"),
    path("<int:pk>/partnerships/new/", partnerships.partnership_new, name="partnership_new"),
    path("stays/<int:pk>/end/", partnerships.affiliation_end, name="affiliation_end"),
    path("settings/new/", settings.setting_new, name="setting_new"),
    path("<int:pk>/match/", settings.setting_match, name="setting_match"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path(
        "organisations/<int:pk>/change/", organisations.organisation_edit, name="organisation_edit"
    ),
    path(
        "organisations/<int:pk>/holidays/",
        holidays.organisation_holidays,
        name="organisation_holidays",
    ),
    path("organisations/<int:pk>/holidays/one/", holidays.holiday_new, name="holiday_new"),
    path("organisations/<int:pk>/holidays/new/", holidays.holidays_new, name="holidays_new"),
    path("holidays/<int:pk>/", holidays.holiday_change, name="holiday_change"),
    path("holidays/<int:pk>/remove/", holidays.holiday_remove, name="holiday_remove"),
    path("scales/", scales.scales, name="scales"),
    path("scales/<int:pk>/", scales.scale, name="scale"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/work/<uuid:token>/", imports.import_progress, name="import_progress"),
    path("imports/work/<uuid:token>/stop/", imports.import_stop, name="import_stop"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/confirm/", imports.import_confirm, name="import_confirm"),
    path("imports/<int:pk>/abandon/", imports.import_abandon, name="import_abandon"),
    path("imports/<int:pk>/rejected.csv", imports.import_rejected_csv, name="import_rejected_csv"),
]
