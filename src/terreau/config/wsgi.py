"""The door through which a web server reaches Terreau."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.config.settings")

application = get_wsgi_application()
