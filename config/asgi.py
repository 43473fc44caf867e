"""The site for an ASGI server."""

import os

from django.core.asgi import get_asgi_application

from config.visitors import bind_connections, keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_asgi_application()
bind_connections()
keep_what_is_loaded()
