"""Django's own entry point, for those who bring their own server and need no finished pages."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consulta.config.settings")
application = get_wsgi_application()
