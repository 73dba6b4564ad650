"""Installs django-admin with the portal's own site."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """In the place of django.contrib.admin."""

    default = False
    default_site = "portal.accounts.system_admin.SystemAdminSite"
