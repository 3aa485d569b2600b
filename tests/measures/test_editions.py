"""Editions: the cards as published on a day, kept for good, and never undone by older files."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from terreau.journal import services as journal
from terreau.measures import services
from terreau.measures.models import Edition
from terreau.rules import Refused, read_pack, source
from terreau.rules.canonical import read_again, written
from terreau.rules.writing import to_yaml

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
MOMENT = datetime(2026, 11, 24, 9, tzinfo=UTC)
MINIATURE = Path(__file__).resolve().parents[1] / "rules" / "miniature"
CARD = "measures/dyke-loan.yaml"


@pytest.fixture
def form() -> str:
    """Return the canonical form of a small invented region."""
    return read_pack(MINIATURE).form


@pytest.fixture
def folder(tmp_path) -> Path:
    """Return a copy of the pack to change."""
    return shutil.copytree(MINIATURE, tmp_path / "miniature")


def publish(folder: Path) -> services.Published:
    return services.publish_files(folder, by=None, at=MOMENT, on=DAY)


def reworded(form: str, words: str) -> str:
    """Return a canonical form in which the summary of one card is put otherwise."""
    region, trees = read_again(form)
    trees[CARD]["summary"]["fy"] = words
    return written(region, trees)


def reword(folder: Path, words: str) -> None:
    """Put the summary of one card otherwise in the files."""
    tree = source.read(folder / CARD)
    tree["summary"]["fy"] = words
    (folder / CARD).write_text(to_yaml(tree), encoding="utf-8")


def test_what_is_published_answers_like_the_files(form, published):
    assert services.current_edition().hash == published.digest
    assert services.current_edition().pack.form == form


def test_publishing_the_same_cards_again_publishes_nothing(folder):
    first = publish(folder)
    (folder / CARD).write_text(
        (folder / CARD).read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8"
    )

    assert publish(folder) == first
    assert Edition.objects.count() == 1


def test_an_edition_is_recorded_with_the_files_that_say_something_new(published, folder):
    reword(folder, "Another summary.")
    later = publish(folder)

    entry = journal.history(edition=Edition.objects.latest("pk").pk)[0]
    assert entry.kind == "measures.edition-published"
    assert entry.payload["digest"] == later.digest
    assert entry.payload["changed"] == [CARD]


def test_an_older_edition_is_still_there_to_be_asked(published, folder):
    reword(folder, "Another summary.")
    later = publish(folder)

    assert services.current_edition().hash == later.digest
    assert services.edition(published.digest).hash == published.digest
    assert [each.digest for each in services.editions()] == [later.digest, published.digest]


def test_files_that_miss_a_change_of_the_desk_are_refused_with_the_difference(
    folder, form, published
):
    desk = reworded(form, "Mended at the desk.")
    services.publish(desk, origin=services.Origin.DESK, by=None, at=MOMENT)

    with pytest.raises(services.MissesChanges) as refused:
        publish(folder)

    assert refused.value.paths == [CARD]
    assert Edition.objects.count() == 2


def test_files_into_which_the_edition_was_exported_may_be_published(folder, form, published):
    desk = reworded(form, "Mended at the desk.")
    now = services.publish(desk, origin=services.Origin.DESK, by=None, at=MOMENT)

    touched = services.export(now.digest, folder)

    assert touched == [folder / CARD]
    assert publish(folder) == now


def test_an_export_leaves_alone_what_says_the_same_and_removes_what_is_gone(folder, published):
    (folder / "measures" / "dyke-loan-two.yaml").write_text("id: dyke-loan-two\n", encoding="utf-8")
    before = (folder / CARD).read_bytes()

    touched = services.export(published.digest, folder)

    assert touched == [folder / "measures" / "dyke-loan-two.yaml"]
    assert not touched[0].exists()
    assert (folder / CARD).read_bytes() == before


def test_an_export_into_an_empty_folder_says_the_same_edition(tmp_path, published):
    services.export(published.digest, tmp_path / "miniature")

    assert publish(tmp_path / "miniature").digest == published.digest


def test_an_export_writes_nothing_through_a_link_that_leads_elsewhere(tmp_path, published):
    folder, elsewhere = tmp_path / "out", tmp_path / "elsewhere.yaml"
    folder.mkdir()
    (folder / "region.yaml").symlink_to(elsewhere)

    with pytest.raises(services.OutsideFolder, match="is a link"):
        services.export(published.digest, folder)

    assert not elsewhere.exists()


def test_wrong_cards_are_refused_and_nothing_is_published(folder):
    (folder / CARD).write_text("id: dyke-loan\nkind: gift\n", encoding="utf-8")

    with pytest.raises(Refused, match="gift"):
        publish(folder)

    assert not Edition.objects.exists()


def test_without_an_edition_one_is_told_what_to_do():
    with pytest.raises(services.NoEdition, match="terreau editions publish"):
        services.current_edition()
    with pytest.raises(services.NoEdition, match="never published here"):
        services.edition("0" * 64)


@pytest.mark.parametrize("wrong", [{"digest": "short"}, {"origin": "else"}])
def test_the_database_refuses_an_edition_that_is_none(wrong):
    whole = {"digest": "0" * 64, "origin": "files", "packed": b"", "published_at": MOMENT}

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(**{**whole, **wrong})
