"""The public site as the proofs serve it: static files under plain names, so that none must be collected."""

from django.conf import settings

settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

from config.wsgi import application  # noqa: E402 - the storage is chosen before the site is made

__all__ = ["application"]
