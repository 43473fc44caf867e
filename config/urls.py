"""The map of the site: Thai pages at `/`, English ones at `/en/`, one address for what machines read."""

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
