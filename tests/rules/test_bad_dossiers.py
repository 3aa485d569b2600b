"""A dossier with one thing wrong: `assess` names the place, says what is wrong and what to do, and answers nothing."""

from pathlib import Path

import pytest
import yaml

from tests.rules.breaking import MINIATURE, ask, broken, copied, place_in

GUILD = MINIATURE.parent / "miniature_dossiers" / "boat-guild.yaml"
TABLE = Path(__file__).parent / "bad_dossiers.yaml"


@pytest.fixture(autouse=True)
def keeps_its_own(tmp_path_factory, monkeypatch):
    kept = tmp_path_factory.getbasetemp() / "bad-kept"
    monkeypatch.setattr("terreau.config.kept.cache_folder", lambda: kept)


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("few"))


@pytest.fixture
def assess(capsys, pack):
    """Return what asks the pack about a dossier."""
    return lambda path, *arguments: ask(capsys, "assess", path, "--region", pack, *arguments)


@pytest.fixture
def written(tmp_path):
    """Return what writes a dossier, and says where it lies."""
    path = tmp_path / "dossier.yaml"

    def write(content):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(
    "row", yaml.safe_load(TABLE.read_text(encoding="utf-8")), ids=lambda row: row["facts"]
)
def test_one_thing_wrong_gets_one_sentence_and_no_answer(assess, written, row):
    text, at = place_in(f"title: Provo\nfacts:\n  {row['facts']}\n")
    path = written(text)

    assert assess(path) == (2, "", f"{path}:{at}: {row['says']}\n")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "1:1: The file is empty. Write something in it."),
        (
            "x" * 10_000_000,
            " The file is too large: 9765 KiB, at most 1024 KiB are read. Split it,",
        ),
        (b"title: \xff", " This is not a text file. Save it as UTF-8 text."),
        ("title: !!python/name:os.system x\nfacts: {}", "1:8: Tags (!) are not read. Remove the "),
        ("title: &a x\nfacts: {}", "1:8: Anchors and aliases (& and *) are not read. Write the "),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "1:4: Anchors and aliases (& and *) "),
        (f"title: x\nfacts: {'{a: ' * 500}b{'}' * 500}", "2:101: This is nested too deep. Use "),
        ("title: x\ntitle: y\nfacts: {}", "2:1: The key 'title' stands here twice. Keep one of "),
        ("title: x\nfacts: {}\n---\n", "3:1: The file holds a second document. Keep one document "),
        ("title: x\nfacts: {body.form: [guild}\n", "2:26: This is not YAML: "),
        ("title: x\n", "1:1: The key 'facts' is missing. Write it: what is told, by fact."),
        ("title: x\nfacts: []\n", "2:8: Facts are told as a mapping. Write 'fact: value' lines."),
        ("title: x\non: tomorrow\nfacts: {}", "2:5: 'tomorrow' is no date. Write it as year-"),
        ("title: x\non: 2026-02-30\nfacts: {}", "2:5: '2026-02-30' is no date. Write it as year-"),
        ("title: x\nfact: {}\nfacts: {}", "2:1: The key 'fact' is not known here. Did you mean "),
        ("title: {eo: x}\nfacts: {}", "1:8: The words in 'fy' are missing. Write them."),
        ("title: {fr: x, eo: x, fy: x}\nfacts: {}", "1:9: 'fr' is no language of this pack."),
        ("- title: x\n", "1:1: A mapping with the keys title, summary, on, facts is asked here."),
    ],
    ids=lambda each: ascii(each)[:30],
)
def test_a_file_that_is_no_dossier_gets_one_sentence(assess, written, content, says):
    path = written(content)

    said = assess(path)

    assert (said.status, said.out, len(said.findings)) == (2, "", 1)
    assert said.err.startswith(f"{path}:{says}")
    assert said.err.rstrip().endswith((".", "?"))


def test_all_that_is_wrong_is_told_at_once(assess, written):
    path = written("title: x\nfacts:\n  body.form: gild\n  body.members: two\n  body.sise: 1\n")

    said = assess(path)

    assert (said.status, said.out) == (2, "")
    assert [each.split(" ")[0] for each in said.findings] == [
        f"{path}:3:14:",
        f"{path}:4:17:",
        f"{path}:5:3:",
    ]


@pytest.mark.parametrize(
    "facts",
    ["body.form: ¶[]", "body.story: ¶{a: b}", "body.number: ¶[a]", "body.trade: ¶abc"],
    ids=["a choice among none", "a mapping for a text", "a list for a text", "no code"],
)
def test_what_cannot_be_read_is_told_with_what_could_be(assess, written, facts):
    text, at = place_in(f"title: Provo\nfacts:\n  {facts}\n")
    path = written(text)

    said = assess(path)

    assert (said.status, said.out, len(said.findings)) == (2, "", 1)
    assert said.err.startswith(f"{path}:{at}: ")
    assert "like ''" not in said.err  # an example that shows nothing
    assert "\\d" not in said.err  # a pattern is no example for a person


# files that are none


@pytest.mark.parametrize("name", ["nowhere.yaml", "."])
def test_what_is_no_file_gets_one_sentence(assess, tmp_path, name):
    path = tmp_path / name

    assert assess(path) == (
        2,
        "",
        f"{path}: There is no file to read here. Check the path and its name.\n",
    )


# arguments


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-01", "2026-02-30", "20261124", "2026-W48-2"])
def test_a_day_that_is_none_gets_one_sentence(assess, day):
    assert assess(GUILD, "--on", day) == (
        2,
        "",
        f"'{day}' is no date. Write it like 2026-11-24.\n",
    )


def test_a_language_that_the_pack_does_not_speak_gets_one_sentence(assess):
    assert assess(GUILD, "--lang", "qq") == (
        2,
        "",
        "The pack does not speak 'qq'. Choose one of: eo, fy.\n",
    )


def test_a_format_that_is_none_is_told_with_those_there_are(assess):
    said = assess(GUILD, "--format", "xml")

    assert (said.status, said.out) == (2, "")
    assert "argument --format: invalid choice: 'xml'" in said.err
    assert "json" in said.err


def test_a_folder_that_is_no_pack_gets_one_sentence(assess, tmp_path):
    assert assess(GUILD, "--region", tmp_path) == (
        2,
        "",
        f"{tmp_path}: This folder is no region pack: it has no region.yaml. "
        "Name the folder of a pack, or make one with 'terreau region new NAME'.\n",
    )


# packs that go wrong under a dossier


def test_a_card_that_goes_wrong_is_told_with_its_line(assess, tmp_path):
    folder = copied(tmp_path)
    name = "measures/boat-grant-2024.yaml"
    place = broken(folder, name, "0 < project.weeks", "0 < ¶project.wekks")

    assert assess(GUILD, "--region", folder) == (
        2,
        "",
        f"{place}: Nobody knows 'project.wekks'. Did you mean 'project.weeks'?\n",
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("vocabulary/facts/10-body.yaml", r"pattern: '\d\d(\.\d+)?'", "pattern: '['"),
        ("vocabulary/facts/10-body.yaml", "country: ch, number: uid", "country: xx, number: none"),
        ("region.yaml", "time_zone: Atlantic/Faroe", "time_zone: Nowhere/City"),
        ("region.yaml", "languages: [eo, fy]", "languages: []"),
    ],
    ids=["a pattern", "a register", "a time zone", "no language"],
)
def test_a_pack_that_no_program_can_use_is_told_in_a_sentence(
    assess, written, tmp_path, name, old, new
):
    folder = copied(tmp_path)
    broken(folder, name, old, new)
    text = "title: x\nfacts: {body.number: CHE-100.155.212, body.trade: '01'}\n"

    said = assess(written(text), "--region", folder)

    assert (said.status, said.out) == (2, "")
    assert f"{folder / name}:" in said.err


@pytest.mark.parametrize("left", ["a link to nowhere", "a folder"])
def test_what_an_editor_leaves_among_the_cards_stops_no_answer_with_a_trace(assess, tmp_path, left):
    folder = copied(tmp_path)
    if left == "a folder":
        (folder / "measures" / "old.yaml").mkdir()
    else:  # as Emacs marks a file that is being edited
        (folder / "measures" / ".#boat-grant-2024.yaml").symlink_to("nobody@nowhere.1")

    assert assess(GUILD, "--region", folder).status in (0, 2)
