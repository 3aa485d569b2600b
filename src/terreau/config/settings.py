"""The settings of Django, put together from the environment and from the region pack."""

import os

from django.conf.locale import LANG_INFO

from terreau.config.databases import database
from terreau.config.locales import compile_stale
from terreau.config.mail import mail_server, sender
from terreau.config.places import PACKAGE, checkout, data_folder, region_folder
from terreau.config.secret import secret
from terreau.config.territory import read_territory

# What the operator says.
DEMO = os.environ.get("TERREAU_DEMO") == "1"
DEBUG = os.environ.get("TERREAU_DEBUG") == "1"
DATA = data_folder()
REGION = region_folder()
EXAMPLES = (checkout() or PACKAGE) / "examples"
SECRET_KEY = secret(demo=DEMO, data=DATA)
ALLOWED_HOSTS = os.environ.get("TERREAU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = {"default": database(os.environ.get("TERREAU_DATABASE_URL", ""), data=DATA)}

# What the region says. A page comes in the languages that both the region and the screens have.
LOCALE_PATHS = [PACKAGE / "locale"]
SCREEN_LANGUAGES = frozenset(found.name for found in LOCALE_PATHS[0].iterdir())
TERRITORY = read_territory(REGION)
LANGUAGES = [
    (code, LANG_INFO[code]["name_local"].capitalize())
    for code in TERRITORY.spoken(SCREEN_LANGUAGES)
]
LANGUAGE_CODE = LANGUAGES[0][0]
USE_TZ = True
TIME_ZONE = TERRITORY.time_zone

# What the program is made of.
INSTALLED_APPS = [
    "terreau.network",
    "terreau.measures",
    "terreau.projects",
    "terreau.actors",
    "terreau.web",
    "terreau.journal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
# A widget of ours is a template like any other.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
ROOT_URLCONF = "terreau.config.urls"
WSGI_APPLICATION = "terreau.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ]
        },
    }
]
AUTH_USER_MODEL = "actors.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Slow work and mail wait in the database, for `terreau work`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# How mails leave. The longest talk with the server stays below the time a worker holds a mail.
MAIL_SERVER = mail_server(os.environ.get("TERREAU_SMTP_URL", ""), demo=DEMO)
EMAIL_BACKEND = MAIL_SERVER.backend
EMAIL_HOST = MAIL_SERVER.host
EMAIL_PORT = MAIL_SERVER.port
EMAIL_HOST_USER = MAIL_SERVER.user
EMAIL_HOST_PASSWORD = MAIL_SERVER.password
EMAIL_USE_TLS = MAIL_SERVER.starts_tls
EMAIL_USE_SSL = MAIL_SERVER.is_tls
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = sender(
    os.environ.get("TERREAU_MAIL_FROM", ""), server=MAIL_SERVER
)

# What guards the pages.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
# Only where the operator says that the proxy sets this header itself, and strips it from what comes in.
if os.environ.get("TERREAU_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [] if DEMO else [f"https://{host}" for host in ALLOWED_HOSTS]

# Where styles and pictures come from: found in the package, or collected for production.
STATIC_URL = "/static/"
STATIC_ROOT = None if DEMO else DATA / "static"
WHITENOISE_USE_FINDERS = DEMO
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# In a working copy the words follow their sources, before Django reads them.
if checkout():
    compile_stale(LOCALE_PATHS[0])
