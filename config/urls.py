"""The map of the site: Thai pages at `/`, English ones at `/en/`, one address for what machines read."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config import crawling
from config.health import health
from spending.views import oembed

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("robots.txt", crawling.robots, name="robots"),
    path("sitemap.xml", crawling.sitemap_index, name="sitemaps"),
    path("sitemap-<slug:section>.xml", crawling.sitemap, name="sitemap"),
    path("api/v1/complaints/", include("complaints.api_urls")),
    path("api/v1/", include("spending.api_urls")),
    path("oembed/", oembed.oembed, name="oembed"),
]
handler400 = "config.errors.bad_request"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

workbench = [path("admin/", admin.site.urls)]  # what staff see is not served where visitors are
urlpatterns += i18n_patterns(
    *(workbench if settings.SITE != "public" else []),
    path("complaints/", include("complaints.urls")),
    path("embed/", include("spending.embed_urls")),
    path("", include("following.urls")),
    path("", include("spending.urls")),
    prefix_default_language=False,
)
