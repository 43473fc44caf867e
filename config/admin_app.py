"""Django's admin, with our own site in the place of its own."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Finds the admin modules of all rooms and puts them on `StaffSite`."""

    default_site = "config.staff_site.StaffSite"
