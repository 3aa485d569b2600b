"""How Terreau starts, and what it says when it cannot."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from terreau.config import cli, demo
from terreau.config.databases import database
from terreau.config.locales import compile_stale
from terreau.config.places import NoRegionPack, data_folder, region_folder
from terreau.config.secret import secret
from terreau.config.territory import RegionUnreadable, Territory, read_territory

CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "soil"\n'


def started(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, outside the demonstration."""
    outer = {name: value for name, value in os.environ.items() if "TERREAU" not in name}
    outer.pop("DJANGO_SETTINGS_MODULE", None)
    program = [sys.executable, "-c", "import sys; from terreau.config.cli import main; "]
    program[-1] += "status = main(); print('django' in sys.modules); sys.exit(status)"
    return subprocess.run(  # noqa: S603
        [*program, *arguments],
        env={**outer, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_outside_the_demonstration_there_is_no_start_without_a_secret():
    outcome = started("check")

    assert outcome.returncode == 2
    assert outcome.stderr.startswith("TERREAU_SECRET is not set")
    assert "Traceback" not in outcome.stderr


def test_with_a_secret_django_finds_nothing_to_say():
    outcome = started("check", TERREAU_SECRET="long and random" * 5)

    assert (outcome.returncode, outcome.stderr) == (0, "")


def test_a_command_line_that_asks_nothing_of_django_does_not_load_it():
    outcome = started("--version")
    loaded = started("demo", "--port", "none")

    assert outcome.stdout.startswith("terreau ")
    assert loaded.returncode == 2
    code = "import sys; import terreau.config.cli; print('django' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"  # noqa: S603


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([])

    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert [verb for verb in cli.VERBS if verb not in shown] == []


def test_a_port_that_is_taken_is_said(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        status = cli.main(["demo", "--port", str(taken.getsockname()[1])])

    assert status == 2
    assert "is taken" in capsys.readouterr().err


def test_the_demonstration_is_served_on_this_machine_alone():
    assert demo.HOST == "127.0.0.1"


def test_the_demonstration_keeps_the_secret_it_made(tmp_path, monkeypatch):
    monkeypatch.delenv("TERREAU_SECRET", raising=False)

    made = secret(demo=True, data=tmp_path / "data")

    assert len(made) > 50
    assert secret(demo=True, data=tmp_path / "data") == made
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o077 == 0


def test_the_secret_of_the_operator_comes_first(tmp_path, monkeypatch):
    monkeypatch.setenv("TERREAU_SECRET", "given")

    assert secret(demo=True, data=tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_without_an_address_the_database_is_a_file_of_the_data_folder(tmp_path):
    described = database("", data=tmp_path)

    assert described["NAME"] == tmp_path / "terreau.sqlite3"


def test_an_address_leads_to_postgresql_by_network_or_by_socket(tmp_path):
    network = database("postgresql://ann:p%40ss@db.example:5433/soil", data=tmp_path)
    local = database("postgresql://ann@/soil?host=/run/postgres", data=tmp_path)

    assert (network["HOST"], network["PORT"], network["PASSWORD"]) == ("db.example", "5433", "p@ss")
    assert (local["HOST"], local["NAME"], local["USER"]) == ("/run/postgres", "soil", "ann")


def pack(folder: Path, text: str) -> Path:
    """Write a region file and return its folder."""
    (folder / "region.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_region_says_its_time_zone_and_its_languages(tmp_path):
    territory = read_territory(pack(tmp_path, "time_zone: Europe/Oslo\nlanguages: [no, se]\n"))

    assert territory == Territory(time_zone="Europe/Oslo", languages=("no", "se"))


def test_pages_come_in_the_languages_that_region_and_screens_share():
    territory = Territory(time_zone="Europe/Oslo", languages=("no", "fi", "se"))

    assert territory.spoken(frozenset({"fi", "no", "is"})) == ("no", "fi")
    with pytest.raises(RegionUnreadable, match="speak"):
        territory.spoken(frozenset({"is"}))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[]", "keys and values"),
        ("a: [", "not YAML"),
        ("time_zone: Atlantis\nlanguages: [no]", "time_zone"),
        ("time_zone: Europe/Oslo", "languages"),
        ("time_zone: Europe/Oslo\nlanguages: no", "languages"),
    ],
)
def test_a_region_that_cannot_be_read_is_said_with_its_file(tmp_path, text, says):
    with pytest.raises(RegionUnreadable, match=says) as refused:
        read_territory(pack(tmp_path, text))

    assert str(tmp_path) in str(refused.value)


def test_the_operator_names_the_pack(tmp_path, monkeypatch):
    monkeypatch.setenv("TERREAU_REGION", str(pack(tmp_path, "")))
    assert region_folder() == tmp_path

    monkeypatch.setenv("TERREAU_REGION", str(tmp_path / "nowhere"))
    with pytest.raises(NoRegionPack, match="nowhere"):
        region_folder()


def test_a_working_copy_keeps_its_data_to_itself(root, monkeypatch):
    monkeypatch.delenv("TERREAU_DATA")

    assert data_folder() == root / ".data"


def test_only_what_is_older_than_its_source_is_compiled(tmp_path):
    source = tmp_path / "xx" / "django.po"
    source.parent.mkdir()
    source.write_text(CATALOGUE + 'msgstr "earth"\n', encoding="utf-8")

    assert compile_stale(tmp_path) == [source]
    assert compile_stale(tmp_path) == []
    assert [path.name for path in sorted(source.parent.iterdir())] == ["django.mo", "django.po"]


def test_every_page_carries_its_guards(client, db):
    headers = client.get("/nowhere").headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
