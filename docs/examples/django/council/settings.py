"""Django's settings. Whatever differs from one place to another is taken from the environment."""

import os
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).parents[1]

# Django's page for errors shows what was sent, and what was sent are answers about a child: there is no DEBUG here.
DEBUG = False
# A key of its own for each start signs everybody out with a restart; with several processes it must be set.
SECRET_KEY = os.environ.get("SECRET_KEY") or get_random_secret_key()
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# The proxy that ends HTTPS must set this header itself, and drop what a browser sends of it.
IS_HTTPS = os.environ.get("IS_HTTPS") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "cases",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cases.guarding.guard",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "council.urls"
WSGI_APPLICATION = "council.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]

# SQLite, if nothing is said. PostgreSQL's own variables say where it is: PGHOST, PGPORT, PGUSER, PGPASSWORD.
DATABASES: dict[str, dict[str, Any]]
if "PGDATABASE" in os.environ:
    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PGDATABASE"]}}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ.get("SQLITE_FILE", str(BASE_DIR / "cases.sqlite3")),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "cases"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]

# A long form has more fields than Django takes from a page, if nothing is said.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
# No page of this site asks for a file. Without a handler, none is written to the disk.
FILE_UPLOAD_HANDLERS: list[str] = []

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"places": {"()": "cases.guarding.PlacesOnly", "format": "{levelname} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "places"}},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}

# The site's style sheet, and the scripts of the library's pages below a folder of their own.
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static", ("cse_forms", str(files("cse_forms") / "browser"))]
STATIC_ROOT = os.environ.get("STATIC_ROOT")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

# A folder of forms of your own; those that come with the library, if none is named.
FORMS = os.environ.get("FORMS")
