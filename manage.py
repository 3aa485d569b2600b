#!/usr/bin/env python3
"""Run Django's commands in a working copy, on the demonstration's database."""

import os
import sys

from terreau.config.cli import main

if __name__ == "__main__":
    os.environ.setdefault("TERREAU_DEMO", "1")
    sys.exit(main())
