"""The time one document takes, next to its bound and to the page that says the same in HTML.

The first document of a process also loads Typst and its fonts: it is printed apart.
"""

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

import django

os.environ.setdefault("TERREAU_DEMO", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.config.settings")
django.setup()

from django.template.loader import render_to_string  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.utils import translation  # noqa: E402

from terreau.measures.services import answers_pdf, lay_out  # noqa: E402
from terreau.rules import Edition, assess, read_dossier, read_pack  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 24)
BOUND = 500
RUNS = 15


def milliseconds(work: Callable[[], object]) -> float:
    """Return the time of one run of some work."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def main() -> int:
    """Measure every example in the first language; return 1 when the slowest passes its bound."""
    edition = Edition(read_pack(ROOT / "regions" / "brussels"))
    request = RequestFactory().get("/")
    slowest = 0.0
    first = 0.0
    print("document (ms)  page (ms)  ratio  kB  example")
    with translation.override(edition.pack.languages[0]):
        for file in sorted((ROOT / "examples").glob("*.yaml")):
            dossier = read_dossier(file, edition.pack)
            answers = lay_out(assess(edition, dossier, DAY), dossier)
            context = {
                "answers": answers,
                "stages": answers.rest,
                "shown": None,
                "one": "example_answer",
                "key": file.stem,
            }

            def document(answers=answers) -> bytes:
                return answers_pdf(answers, mark=True)

            def page(context=context) -> str:
                return render_to_string("measures/example.html", context, request)

            first = first or milliseconds(document)
            page()
            runs = [(milliseconds(document), milliseconds(page)) for _run in range(RUNS)]
            printed, shown = (median(times) for times in zip(*runs, strict=True))
            slowest = max(slowest, printed)
            size = len(document()) // 1000
            print(f"{printed:13.0f} {shown:10.0f} {printed / shown:6.1f} {size:3} {file.stem}")
    print(
        f"The slowest document: {slowest:.0f} ms (bound: {BOUND}). The first of a process: {first:.0f} ms."
    )
    return int(slowest > BOUND)


if __name__ == "__main__":
    sys.exit(main())
