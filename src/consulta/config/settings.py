"""Settings, all from the environment. `consulta settings` lists them; docs/running/ describes them."""

from pathlib import Path

import environ

env = environ.FileAwareEnv()  # NAME_FILE is read where NAME may hold a secret
PACKAGE = Path(__file__).resolve().parent.parent

DATA = Path(env.str("CONSULTA_DATA", default="var/data")).absolute()
DEBUG = env.bool("CONSULTA_DEBUG", default=False)
DEMO = env.bool("CONSULTA_DEMO", default=False)
BASE_URL = env.str("CONSULTA_BASE_URL", default="http://localhost:8000").rstrip("/")
HTTPS = BASE_URL.startswith("https://")
HOST = BASE_URL.split("://", 1)[1].split("/")[0].rsplit(":", 1)[0]
MAIL_DOMAIN = env.str("CONSULTA_MAIL_DOMAIN", default=HOST)
JURISDICTION = env.str("CONSULTA_JURISDICTION", default="un")  # in identifiers of documents
RELEASE = "0.1.0"


def _secret_key() -> str:
    """The secret key: from the environment, else from the data folder, where `init` put it."""
    key: str = env.str("CONSULTA_SECRET_KEY", default="")
    if key:
        return key
    stored = DATA / "secret_key"
    return stored.read_text().strip() if stored.exists() else "only-for-checks-never-served"


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list(
    "CONSULTA_ALLOWED_HOSTS", default=[HOST, "localhost", "127.0.0.1", "[::1]"]
)
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # widget templates, found after ours
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "consulta.ledger",
    "consulta.mailroom",
    "consulta.accounts",
    "consulta.stakeholders",
    "consulta.groups",
    "consulta.meetings",
    "consulta.live",
    "consulta.consultations",
    "consulta.responses",
    "consulta.reflector",
    "consulta.analysis",
    "consulta.reports",
    "consulta.repository",
    "consulta.notices",
    "consulta.web.ui",
    "consulta.web.public",
    "consulta.web.desk",
    "consulta.web.members",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "consulta.web.ui.personal.personal",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "consulta.web.ui.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "consulta.config.urls"
WSGI_APPLICATION = "consulta.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "ui" / "templates"],  # ours before those of libraries
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "consulta.web.ui.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "consulta.web.ui.templatetags.ui"],
        },
    }
]

FORM_RENDERER = "consulta.web.ui.forms.Renderer"

DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA / 'consulta.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "consulta.adapters.sqlite"
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 30}
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # the subjects name the institution themselves
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "consulta.web.ui.account_mail.NamedAccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("zh-hans", "中文"),
]
FORMAT_MODULE_PATH = "consulta.config.formats"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

#: Where a virus scanner listens (clamd, host:port); empty: none.
CLAMD = env.str("CONSULTA_CLAMD", default="")
#: How large one file of a meeting's document may be, in MB; what checks files takes 50 at most.
LARGEST_DOCUMENT = min(50, env.int("CONSULTA_LARGEST_DOCUMENT", default=50))
#: For how many days it is kept who read files that not everyone may have.
ACCESS_LOG_DAYS = env.int("CONSULTA_ACCESS_LOG_DAYS", default=180)
#: For how many days after a meeting it is kept who registered for it; then only figures are.
REGISTRATION_DAYS = env.int("CONSULTA_REGISTRATION_DAYS", default=365)

EMAIL_BACKEND = "consulta.mailroom.outbox.OutboxBackend"
#: Where the worker hands mail over: smtp://user:password@host:25, or file:///folder (the demo).
EMAIL_URL = env.str("CONSULTA_EMAIL_URL", default=f"file://{DATA / 'outbox'}")
DEFAULT_FROM_EMAIL = env.str("CONSULTA_FROM", default=f"consultations@{MAIL_DOMAIN}")

#: Where letters are taken by LMTP: unix:/path or host:port; empty: nowhere.
MAIL_LMTP = env.str("CONSULTA_LMTP", default="")
#: Mail servers in front of us: they speak for many senders, so that no host's limit holds for them.
MAIL_FRONT = frozenset({"", *env.list("CONSULTA_MAIL_FRONT", default=["127.0.0.1", "::1"])})
#: Letters a minute from one sender (five times as many at once); 0: no limit.
MAIL_PER_SENDER = env.int("CONSULTA_MAIL_PER_SENDER", default=60)
#: Certificate chain and key (PEM) with which the door offers STARTTLS; empty: none is offered.
MAIL_CERTIFICATE = env.str("CONSULTA_MAIL_CERTIFICATE", default="")
MAIL_CERTIFICATE_KEY = env.str("CONSULTA_MAIL_CERTIFICATE_KEY", default=MAIL_CERTIFICATE)
#: A mailbox elsewhere, from which letters are fetched: imaps://user:password@host/INBOX?move=Done.
MAIL_IMAP_URL = env.str("CONSULTA_IMAP_URL", default="")
MAIL_IMAP_TOKEN_FILE = env.str("CONSULTA_IMAP_TOKEN_FILE", default="")
MAIL_IMAP_EVERY = env.float("CONSULTA_IMAP_EVERY", default=60.0)  # seconds
#: The provider that hands letters over at /hooks/mail/PROVIDER/mime, and user:password it has to name.
MAIL_WEBHOOK = env.str("CONSULTA_MAIL_WEBHOOK", default="").lower()
MAIL_WEBHOOK_SECRET = env.str("CONSULTA_MAIL_WEBHOOK_SECRET", default="")
MAIL_WEBHOOK_KEY = env.str("CONSULTA_MAIL_WEBHOOK_KEY", default="")
ANYMAIL = {
    "WEBHOOK_SECRET": MAIL_WEBHOOK_SECRET,
    "MAILGUN_WEBHOOK_SIGNING_KEY": MAIL_WEBHOOK_KEY,
    "MANDRILL_WEBHOOK_KEY": MAIL_WEBHOOK_KEY,
}
if MAIL_WEBHOOK:  # letters come as one field of a form, and may be as large as at the other doors
    DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024

#: Who wrote a letter is asked of the DNS (dns), of our own mail servers alone (relay), or not (off).
MAIL_CHECK = env.str("CONSULTA_MAIL_CHECK", default="dns")
#: Names under which our own mail servers write Authentication-Results, or seal (ARC); they are believed.
MAIL_RELAYS = [name.lower() for name in env.list("CONSULTA_MAIL_RELAYS", default=[])]

#: With which key, under which name in DNS, mail that goes out is signed (DKIM); empty: DATA/dkim_key.pem.
DKIM_SELECTOR = env.str("CONSULTA_DKIM_SELECTOR", default="consulta")
DKIM_KEY = env.str("CONSULTA_DKIM_KEY", default="")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {
        "private_links": {"()": "consulta.config.masking.PrivateLinks"},
        "forbidden": {"()": "consulta.config.refused.Forbidden"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["private_links", "forbidden"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
