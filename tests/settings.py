"""The settings under which the tests run: the demonstration's, in a data folder of their own."""

import os
import tempfile
from pathlib import Path

os.environ["TERREAU_DEMO"] = "1"
os.environ["TERREAU_DATA"] = str(Path(tempfile.gettempdir()) / f"terreau-tests-{os.getuid()}")
os.environ["TERREAU_DATABASE_URL"] = os.environ.get("TERREAU_TEST_DATABASE_URL", "")

from terreau.config.settings import *  # noqa: F403

# Passwords in tests protect nothing: the quickest hash will do.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
