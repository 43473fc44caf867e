"""The map of the site. Thai pages stand at `/`, English ones at `/en/`; what machines read has one
address.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("spending.api_urls")),
]

urlpatterns += i18n_patterns(
    path("complaints/", include("complaints.urls")),
    path("", include("spending.urls")),
    prefix_default_language=False,
)
