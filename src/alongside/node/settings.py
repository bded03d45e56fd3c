"""How a node is set up. Everything a keeper may choose comes from the environment; nothing here writes a
file.

`SECRET_KEY` is read when it is first needed, so that looking at a node's settings never makes one.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.utils.functional import SimpleLazyObject

from alongside.node.data import DataFolder
from alongside.node.logs import LOGS


def _listed(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def _switched_on(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "yes", "true", "on"}


def _at_most(name: str, most: int) -> int:
    """A limit that a keeper may tighten and never loosen."""
    return max(1, min(most, int(os.environ.get(name) or most)))


HOUSE = Path(__file__).resolve().parent.parent

# What is ours
ALONGSIDE_FOLDER = DataFolder(Path(os.environ.get("ALONGSIDE_DATA") or "alongside-data").absolute())
ALONGSIDE_IDLE_MINUTES = _at_most("ALONGSIDE_IDLE_MINUTES", 15)
ALONGSIDE_SESSION_HOURS = _at_most("ALONGSIDE_SESSION_HOURS", 12)
ALONGSIDE_KEEPER = os.environ.get("ALONGSIDE_KEEPER", "").strip()
ALONGSIDE_COUNTRY = os.environ.get("ALONGSIDE_COUNTRY", "").strip()
# Behind a proxy that adds X-Forwarded-Proto itself. Without one, anybody could claim to come over TLS.
ALONGSIDE_PROXY = _switched_on("ALONGSIDE_PROXY")
# A keeper without TLS on her own network takes this on knowingly: who listens there hears passphrases.
ALONGSIDE_PLAIN_HTTP = _switched_on("ALONGSIDE_PLAIN_HTTP")

# What is Django's
SECRET_KEY: Any = SimpleLazyObject(lambda: ALONGSIDE_FOLDER.secret)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_listed("ALONGSIDE_HOSTS")]
INSTALLED_APPS = ["alongside.store", "alongside.people", "django.contrib.staticfiles"]
ROOT_URLCONF = "alongside.pages.urls"
WSGI_APPLICATION = "alongside.node.wsgi.application"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False        # languages are ours: `languages/locale.py`
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = LOGS

MIDDLEWARE = [
    "alongside.node.health.healthz",
    "alongside.pages.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "alongside.node.static.Static",
    "django.middleware.gzip.GZipMiddleware",
    "alongside.people.middleware.who_asks",
    "alongside.pages.middleware.reads",
    "django.middleware.common.CommonMiddleware",
    "alongside.pages.form_token.FormToken",
]

TEMPLATES = [{
    "BACKEND": "django.template.backends.jinja2.Jinja2",
    "DIRS": [HOUSE / "pages" / "templates"],
    "APP_DIRS": False,
    "OPTIONS": {"environment": "alongside.pages.jinja.environment"},
}]

DATABASES: dict[str, dict[str, Any]] = {"default": {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": ALONGSIDE_FOLDER.database,
    "OPTIONS": {
        # DEFERRED lets two writers both start reading and then refuse one of them.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: a signed record must survive a power cut. secure_delete: what was erased is overwritten.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                        "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
                        "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-4000;",
    },
}}

STATIC_URL = "/static/"
STATIC_ROOT = ALONGSIDE_FOLDER.path / "static"
STATICFILES_DIRS = [HOUSE / "pages" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "alongside.node.static.Named"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

FILE_UPLOAD_HANDLERS = ["alongside.node.uploads.InMemory"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

CSRF_COOKIE_NAME = "alongside-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None      # ends with the browser, like the session
CSRF_FAILURE_VIEW = "alongside.pages.trouble.form_refused"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000    # sent over TLS only
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALONGSIDE_PROXY else None
