"""Every setting of the site. The only place that reads the environment, as `.env.example` lists it."""

import os
from pathlib import Path

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

from config import addresses, broker, complaint_keys, embedded, following_keys, secret
from spending.dumps import signing

BASE_DIR = Path(__file__).resolve().parent.parent

# Where the site runs

ENVIRONMENT = os.environ.get("DJANGO_ENV", "local")
if ENVIRONMENT not in ("local", "production"):
    raise ImproperlyConfigured(f"DJANGO_ENV is {ENVIRONMENT!r}; it is 'local' or 'production'.")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = not PRODUCTION and os.environ.get("DEBUG", "0") == "1"
SITE = os.environ.get("SITE") or ("public" if PRODUCTION else "all")
if SITE not in ("public", "staff", "all") or (PRODUCTION and SITE == "all"):
    raise ImproperlyConfigured(f"SITE is {SITE!r}; in production a process is 'public' or 'staff'.")
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()


def required(name: str) -> str:
    """The variable's value; in production its absence stops the start with its name."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Production needs {name} in the environment; see .env.example.")
    return value


def listed(name: str) -> list[str]:
    """The variable's values, written with commas between them."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


if PRODUCTION:
    required("ALLOWED_HOSTS")
SECRET_KEY = required("SECRET_KEY") if PRODUCTION else os.environ.get("SECRET_KEY") or secret.kept_in(VAR_DIR)
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = listed("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")

# What the site is made of

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "config",
    "spending",
    "importers",
    "complaints",
    "following",
    "config.admin_app.StaffAdminConfig",  # after the rooms, whose fields have their labels by then
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.policies.headed",
    "config.policies.PolicyMiddleware",
    "config.policies.unkept",
    "config.policies.nameable",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.reading.ReadingMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

OF_STAFF = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
)
if SITE == "public":  # nobody signs in where visitors are
    MIDDLEWARE = [name for name in MIDDLEWARE if name not in OF_STAFF]
    SILENCED_SYSTEM_CHECKS = ["admin.E408", "admin.E409", "admin.E410"]  # the workbench misses them

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# The database: the server that is named, or the embedded one. An address only; `embedded.serving()` starts it

DATABASE_URL = required("DATABASE_URL") if PRODUCTION else os.environ.get("DATABASE_URL", "")
EMBEDDED_DATABASE = None if DATABASE_URL else VAR_DIR / "postgres"
DATABASE = embedded.address(EMBEDDED_DATABASE) if EMBEDDED_DATABASE else addresses.parameters(DATABASE_URL)

DATABASES = {
    "default": {
        "ENGINE": "config.postgresql",
        "NAME": DATABASE["dbname"],
        "USER": DATABASE.get("user", ""),
        "PASSWORD": DATABASE.get("password", ""),
        "HOST": DATABASE.get("host", ""),
        "PORT": DATABASE.get("port", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": "5", "prepare_threshold": 1}
        | {key: DATABASE[key] for key in DATABASE.keys() - {"dbname", "user", "password", "host", "port"}},
    },
}

# Seconds that a statement for a visitor may take; servers of visitors alone set it on their connections

API_STATEMENT_SECONDS = int(os.environ.get("API_STATEMENT_SECONDS", "10"))
CONNECTION_SETTINGS: dict[str, str] = {}

# Language and time

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"

# Answers that cost the database something, kept in each process: a few hundred small ones

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 500},
    }
}

# Files: our own static files have hashed names and are cached for good, while developing too

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.plotly_script.PlotlyScriptFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.HashedStorage"},
}
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = VAR_DIR / "files"
SAMPLE_DIR = BASE_DIR / "sample"  # the data set that travels with the site
FILE_UPLOAD_PERMISSIONS = 0o600

# What a browser may load: our own files and nothing else. Plotly's script makes two style elements and
# empties style attributes; each is allowed by its hash alone

PLOTLY_STYLES = [
    "'unsafe-hashes'",  # lets the hashes speak of attributes too
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",  # nothing: an empty element or attribute
    "'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='",  # the style sheet of its maps
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", *PLOTLY_STYLES],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True

# HTTPS. Nothing a proxy adds to a request is believed, unless the operator says that a proxy of theirs adds
# it.

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0  # one year
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
OF_THIS_HOST = "__Host-" if PRODUCTION else ""  # browsers then take them from this very host alone, by HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{OF_THIS_HOST}sessionid", f"{OF_THIS_HOST}csrftoken"
BEHIND_TLS_PROXY = os.environ.get("BEHIND_TLS_PROXY", "0") == "1"
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Staff: who signs in stays so for half a working day at most, or until the browser is closed

SESSION_COOKIE_AGE = 4 * 3_600  # seconds
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Strict"
OTP_TOTP_ISSUER = "where-do-my-taxes-go"
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 1  # seconds after a wrong code, doubled with each

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# The task queue: in the same PostgreSQL, or at the broker that is named

CELERY_VISIBILITY_TIMEOUT = int(os.environ.get("CELERY_VISIBILITY_TIMEOUT", "900"))  # seconds
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL") or broker.IN_POSTGRESQL
CELERY_BROKER_TRANSPORT_OPTIONS = broker.transport_options(
    CELERY_BROKER_URL, DATABASE, visibility_timeout=CELERY_VISIBILITY_TIMEOUT
)
CELERY_TASK_DEFAULT_QUEUE = "tasks"
CELERY_TASK_DEFAULT_QUEUE_TYPE = broker.queue_type(CELERY_BROKER_URL)
CELERY_TASK_CREATE_MISSING_QUEUE_TYPE = CELERY_TASK_DEFAULT_QUEUE_TYPE
CELERY_BROKER_CONNECTION_TIMEOUT = 3  # seconds
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_LOST_WAIT = 1  # second for the last words of a killed child, before its task goes to another
CELERY_WORKER_POOL = "config.pool:TaskPool"
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "config.tasks.heartbeat", "schedule": 60.0},
    "joins": {"task": "importers.tasks.match", "schedule": 600.0, "options": {"expires": 500}},
    "clocks": {"task": "complaints.tasks.wind", "schedule": 300.0, "options": {"expires": 300}},
    "dump": {"task": "spending.tasks.publish_dump", "schedule": crontab(hour="3", minute="30")},
    "retention": {"task": "complaints.tasks.keep", "schedule": crontab(hour="2", minute="30")},
    "reminders": {"task": "complaints.tasks.remind", "schedule": crontab(hour="8", minute="0")},
    "complaints": {"task": "complaints.tasks.sweep", "schedule": 10.0, "options": {"expires": 30}},
    "letters": {"task": "following.tasks.sweep", "schedule": 20.0, "options": {"expires": 20}},
    "lapsed": {"task": "following.tasks.forget", "schedule": 1_800.0, "options": {"expires": 1_800}},
}

# Complaints: the public part of the site seals them, and has no key to open them. Without a public key in
# production the pages say where else to complain

COMPLAINT_PUBLIC_KEYS = listed("COMPLAINT_PUBLIC_KEYS")
COMPLAINT_PRIVATE_KEYS = listed("COMPLAINT_PRIVATE_KEYS")
COMPLAINT_PEPPER = os.environ.get("COMPLAINT_PEPPER", "")
COMPLAINT_SIGNING_KEY = os.environ.get("COMPLAINT_SIGNING_KEY", "")
COMPLAINTS_SHOWN_ON_RECORDS = os.environ.get("COMPLAINTS_SHOWN_ON_RECORDS", "0") == "1"
COMPLAINTS_FROM_ONE_SOURCE = int(os.environ.get("COMPLAINTS_FROM_ONE_SOURCE") or "5")  # in an hour
STAND_IN_AGENCY = os.environ.get("STAND_IN_AGENCY", "")
STAND_IN_VERIFY_KEY = ""
if SITE == "public" and (COMPLAINT_PRIVATE_KEYS or COMPLAINT_SIGNING_KEY):
    raise ImproperlyConfigured("The public part of the site must not hold the private keys of complaints.")
if PRODUCTION and STAND_IN_AGENCY:
    raise ImproperlyConfigured("STAND_IN_AGENCY is for trials: production delivers to real desks.")
if PRODUCTION and COMPLAINT_PUBLIC_KEYS:
    required("COMPLAINT_PEPPER")
if not PRODUCTION:
    COMPLAINT_PUBLIC_KEYS = COMPLAINT_PUBLIC_KEYS or [complaint_keys.public_key_in(VAR_DIR)]
    STAND_IN_VERIFY_KEY = complaint_keys.stand_in_verify_key_in(VAR_DIR) if STAND_IN_AGENCY else ""
    COMPLAINT_PEPPER = COMPLAINT_PEPPER or complaint_keys.pepper_in(VAR_DIR)
    if SITE != "public":
        COMPLAINT_PRIVATE_KEYS = COMPLAINT_PRIVATE_KEYS or [complaint_keys.private_key_in(VAR_DIR)]
        COMPLAINT_SIGNING_KEY = COMPLAINT_SIGNING_KEY or complaint_keys.signing_key_in(VAR_DIR)

# What evidence and letters to agencies need beside the keys

CLAMD_ADDRESS = os.environ.get("CLAMD_ADDRESS", "")
STAFF_URL = os.environ.get("STAFF_URL", "").rstrip("/")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_PORT == 587, EMAIL_PORT == 465
EMAIL_TIMEOUT = 15  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("EMAIL_FROM", "")
EMAIL_BOUNCES = os.environ.get("EMAIL_BOUNCES", "")
BOUNCE_FOLDER = os.environ.get("BOUNCE_FOLDER", "")

# Letters to those who follow something. The public part seals their addresses, and has no key to open them.
# Locally, without a mail server, each letter becomes a file

PUBLIC_URL = (os.environ.get("PUBLIC_URL") or ("" if PRODUCTION else "http://127.0.0.1:8000")).rstrip("/")
MAIL_FOLDER = "" if PRODUCTION or EMAIL_HOST else str(VAR_DIR / "mail")
if MAIL_FOLDER:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_FOLDER
FOLLOWING_PUBLIC_KEY = os.environ.get("FOLLOWING_PUBLIC_KEY", "")
FOLLOWING_PRIVATE_KEYS = listed("FOLLOWING_PRIVATE_KEYS")
FOLLOWING_PEPPER = os.environ.get("FOLLOWING_PEPPER", "")
if SITE == "public" and FOLLOWING_PRIVATE_KEYS:
    raise ImproperlyConfigured("The public part of the site must not hold the private keys of followers.")
if PRODUCTION and FOLLOWING_PUBLIC_KEY:
    required("FOLLOWING_PEPPER")
    required("PUBLIC_URL")
if not PRODUCTION:
    FOLLOWING_PUBLIC_KEY = FOLLOWING_PUBLIC_KEY or following_keys.public_key_in(VAR_DIR)
    FOLLOWING_PEPPER = FOLLOWING_PEPPER or following_keys.pepper_in(VAR_DIR)
    if SITE != "public":
        FOLLOWING_PRIVATE_KEYS = FOLLOWING_PRIVATE_KEYS or [following_keys.private_key_in(VAR_DIR)]
FOLLOWING_BY_MAIL = bool(FOLLOWING_PUBLIC_KEY and (MAIL_FOLDER or (EMAIL_HOST and DEFAULT_FROM_EMAIL)))

# The whole site as files, and the key that vouches for them

DUMPS_DIR = VAR_DIR / "dumps"
DUMP_SIGNING_KEY = os.environ.get("DUMP_SIGNING_KEY", "")
if SITE == "public" and DUMP_SIGNING_KEY:
    raise ImproperlyConfigured("The public part of the site must not hold the key that signs dumps.")
if not PRODUCTION and SITE != "public":
    DUMP_SIGNING_KEY = DUMP_SIGNING_KEY or secret.kept_in(VAR_DIR, "dump-signing-key", signing.new_key)

# The API answers JSON to anybody and asks nobody who they are; how often one caller may ask is counted

API_RATE_LIMIT = int(os.environ.get("API_RATE_LIMIT") or ("600" if PRODUCTION else "60000"))  # in a minute
API_DOWNLOAD_SECONDS = int(os.environ.get("API_DOWNLOAD_SECONDS", "1800"))
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["spending.renderers.ExactJSONRenderer"],
    "EXCEPTION_HANDLER": "spending.problems.problem",
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_SCHEMA_CLASS": "spending.openapi.Description",
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "ภาษีไปไหน · Where do my taxes go",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "POSTPROCESSING_HOOKS": ["spending.openapi.with_components"],
}

# What is written down about visitors: nothing. No address, no user agent, no query, no word of an exception.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.logs.Line", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # wrong addresses are not written down
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "importers": {"level": "INFO"},
    },
}

# The former site's interface, read page by page

GOVSPENDING_API_KEY = os.environ.get("GOVSPENDING_API_KEY", "")
GOVSPENDING_API_KEY_HEADER = os.environ.get("GOVSPENDING_API_KEY_HEADER") or "api-key"
