"""`terreau assess --format pdf`: the answers as a document, written where one says."""

import io
import os
import re
import shutil
import subprocess
import sys

import pytest
from pypdf import PdfReader

from terreau.config import cli


@pytest.fixture
def example(root):
    """Return the file of an example."""
    return root / "examples" / "epicerie-cooperative.yaml"


def words(file) -> str:
    """Return what a document says."""
    reader = PdfReader(io.BytesIO(file.read_bytes()))
    text = "\n".join(page.extract_text() for page in reader.pages)
    return re.sub(r"\s+", " ", re.sub(r"\u00ad\s*", "", text))


@pytest.mark.parametrize(
    ("language", "says"),
    [("fr", "Une mesure vous est ouverte."), ("nl", "Eén maatregel staat voor u open.")],
)
def test_the_answer_is_written_in_the_language_that_is_asked(tmp_path, example, language, says):
    target = tmp_path / "answers.pdf"

    status = cli.main(
        ["assess", str(example), "--lang", language, "--format", "pdf", "--output", str(target)]
    )

    assert status == 0
    assert PdfReader(target).trailer["/Root"]["/Lang"] == language
    assert says in words(target)


def test_the_day_that_is_asked_is_the_day_of_the_document(tmp_path, example):
    target = tmp_path / "answers.pdf"
    arguments = ["assess", str(example), "--lang", "fr", "--on", "2025-03-01", "--format", "pdf"]

    assert cli.main([*arguments, "--output", str(target)]) == 0

    assert "Règles au 1er mars 2025" in words(target)


def test_only_an_example_is_marked_as_one(tmp_path, example):
    own = shutil.copy(example, tmp_path / "own.yaml")

    for file in (example, own):
        target = tmp_path / f"{file.stem}.pdf"
        arguments = [
            "assess",
            str(file),
            "--lang",
            "fr",
            "--format",
            "pdf",
            "--output",
            str(target),
        ]
        assert cli.main(arguments) == 0

    assert "le porteur est inventé" in words(tmp_path / f"{example.stem}.pdf")
    assert "le porteur est inventé" not in words(tmp_path / "own.pdf")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "pdf"], "Say where the document goes: --output FILE.pdf."),
        (["--format", "pdf", "--output", "{folder}/none/a.pdf"], "cannot be written"),
        (["--format", "pdf", "--output", "{folder}"], "cannot be written"),
        (["--output", "{folder}/a.pdf"], "add --format pdf"),
        (["--format", "json", "--output", "{folder}/a.pdf"], "add --format pdf"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_sentence(tmp_path, example, capsys, arguments, says):
    given = [each.format(folder=tmp_path) for each in arguments]

    assert cli.main(["assess", str(example), "--lang", "en", *given]) == 2

    told = capsys.readouterr()
    assert says in told.err
    assert told.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_document_asks_for_no_secret_and_the_text_for_no_django(tmp_path, example):
    outer = {name: value for name, value in os.environ.items() if "TERREAU" not in name}
    outer.pop("DJANGO_SETTINGS_MODULE", None)
    code = "import sys; from terreau.config.cli import main; main(); print('django' in sys.modules)"

    def loaded(*arguments: str) -> str:
        return subprocess.run(  # noqa: S603
            [sys.executable, "-c", code, "assess", str(example), "--lang", "fr", *arguments],
            env={**outer, "TERREAU_DATA": str(tmp_path / "data")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()[-1]

    assert loaded() == "False"
    assert loaded("--format", "pdf", "--output", str(tmp_path / "a.pdf")) == "True"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
