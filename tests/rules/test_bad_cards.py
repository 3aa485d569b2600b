"""A pack with one thing wrong: `cards check` names the place, says what is wrong and what to do."""

from pathlib import Path

import pytest
import yaml

from tests.rules.breaking import DAY, MINIATURE, ask, broken, copied

GRANT = "measures/boat-grant-2024.yaml"
OLD_GRANT = "measures/boat-grant-2020.yaml"
LOAN = "measures/dyke-loan.yaml"
SIZE = "derived/body-size.yaml"
RECENT = "derived/help-recent.yaml"
STEADY = "derived/help-steady.yaml"
BOOKS = "tests/open-books.yaml"
FAIR = "tests/fair-play.yaml"
BODY = "vocabulary/facts/10-body.yaml"
FLOOR = "floor: {type: money, law: {act: § 2}, read: text, values: {2024-01-01: 200 chf}}"
LAST_YEAR = "expect: {status: eligible, amount: 3200.13 chf}"
WRONG = yaml.safe_load((Path(__file__).parent / "bad_cards.yaml").read_text(encoding="utf-8"))


def check(capsys, folder, *arguments):
    """Return what the check says of a pack."""
    return ask(capsys, "cards", "check", "--region", folder, "--on", DAY, *arguments)


def checked(capsys, tmp_path, name, old, new, *arguments):
    """Break one thing; return where, and what the check says."""
    folder = copied(tmp_path, name)
    return broken(folder, name, old, new), check(capsys, folder, *arguments)


def line_of(place):
    """Return a place without its column."""
    return place.rpartition(":")[0] + ":"


@pytest.mark.parametrize("row", WRONG, ids=lambda row: row["wrong"])
def test_one_thing_wrong_gets_one_sentence_with_its_place_and_its_remedy(capsys, tmp_path, row):
    place, said = checked(capsys, tmp_path, row["in"], row["old"], row["new"])

    assert said == (1, "1 things to mend.\n", f"{place}: {row['says']}\n")


# files that are no cards


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "1:1: The file is empty. Write something in it."),
        ("# a remark\n", "1:1: The file is empty. Write something in it."),
        (b"id: \xff\xfe\n", " This is not a text file. Save it as UTF-8 text."),
        ("x" * 10_000_000, " The file is too large: 9765 KiB, at most 1024 KiB are read. "),
        ("id: !!python/name:os.system x\n", "1:5: Tags (!) are not read. Remove the tag."),
        ("id: open-books\nkind: &a test\n", "2:7: Anchors and aliases (& and *) are not read."),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "1:4: Anchors and aliases (& and *) "),
        ("id: open-books\nkind: *a\n", "2:7: Anchors and aliases (& and *) are not read."),
        (f"id: {'[' * 500}{']' * 500}\n", "1:29: This is nested too deep. Use fewer levels."),
        ("id: a\nkind: test\nid: b\n", "3:1: The key 'id' stands here twice. Keep one of the two."),
        ("id: a\n---\nid: b\n", "2:1: The file holds a second document. Keep one document a file"),
        ("id: a\n  kind: b\n", "2:7: This is not YAML: mapping values are not allowed in this "),
        ("id: a\n\tkind: b\n", "2:1: This is not YAML: found a tab character that violates "),
        ("id: [a, b\n", "2:1: This is not YAML: "),
        ("id: a\x00b\n", " This is not YAML: unacceptable character #x0000"),
        ("? [a]\n: b\n", "1:3: A key must be a word. Write a plain key before the colon."),
        ("- a\n- b\n", "1:1: A mapping with the keys id, kind, "),
    ],
    ids=lambda each: ascii(each)[:30],
)
def test_a_file_that_is_no_card_gets_one_sentence(capsys, tmp_path, content, says):
    folder = copied(tmp_path)
    path = folder / BOOKS
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    said = check(capsys, folder)

    assert (said.status, len(said.findings)) == (1, 1)
    assert said.err.startswith(f"{path}:{says}")
    assert said.err.rstrip().endswith(".")


@pytest.mark.parametrize("key", ["law", "source", "cases", "in_force", "review_by", "name"])
def test_a_card_without_a_part_that_every_card_has_is_told_which(capsys, tmp_path, key):
    folder = copied(tmp_path)
    path = folder / BOOKS
    kept, skips = [], False
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        skips = line.startswith(f"{key}:") or (skips and line.startswith(" "))
        kept += [] if skips else [line]
    path.write_text("".join(kept), encoding="utf-8")

    said = check(capsys, folder)

    assert (said.status, len(said.findings)) == (1, 1)
    assert said.err.startswith(f"{path}:1:1: The key '{key}' is missing. Write it: ")


# names


def test_two_cards_with_one_id_are_told(capsys, tmp_path):
    folder = copied(tmp_path)
    (folder / "accreditations").mkdir()
    second = folder / "accreditations" / "boat-grant-2024.yaml"
    second.write_bytes((folder / GRANT).read_bytes())

    said = check(capsys, folder)

    assert said.status == 1
    assert said.findings == [
        f"{second}:1:5: 'boat-grant-2024' is declared twice in the pack. Give one another id."
    ]


def test_a_file_that_is_not_called_as_its_card_is_told(capsys, tmp_path):
    place, said = checked(capsys, tmp_path, LOAN, "id: dyke-loan", "id: ¶dyke-lone")

    assert said.findings == [
        f"{place}: The file of card 'dyke-lone' has another name. Call the file dyke-lone.yaml."
    ]


def test_two_cards_that_define_one_name_on_the_same_days_are_told(capsys, tmp_path):
    folder = copied(tmp_path)
    second = folder / "derived" / "other-size.yaml"
    text = (folder / SIZE).read_text(encoding="utf-8").replace("id: body-size", "id: other-size")
    second.write_text(text, encoding="utf-8")

    said = check(capsys, folder)

    assert said.status == 1
    assert "'body.size'" in said.err


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SIZE, "defines: body.size", "defines: ¶body.members"),
        (
            GRANT,
            "  longest: {type: count",
            "  ¶project.weeks: {type: count, law: {act: § 3}, read: text, values: {2024-01-01: '5'}}"
            "\n  longest: {type: count",
        ),
        (
            GRANT,
            "  longest: {type: count",
            "  ¶on: {type: date, law: {act: § 3}, read: text, values: {2024-01-01: 2024-01-01}}"
            "\n  longest: {type: count",
        ),
    ],
    ids=["a derived name", "a figure", "a figure called on"],
)
def test_a_name_that_is_taken_is_told_where_it_is_taken_again(capsys, tmp_path, name, old, new):
    place, said = checked(capsys, tmp_path, name, old, new)

    assert said.status == 1
    assert [each for each in said.findings if each.startswith(line_of(place))]


def test_two_conditions_of_one_card_with_one_id_are_told(capsys, tmp_path):
    _place, said = checked(capsys, tmp_path, GRANT, "- id: craft", "- id: in-time")

    assert said.status == 1
    assert (
        "boat-grant-2024.yaml:50:9: Two conditions of this card are called 'in-time'." in said.err
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (GRANT, "dune: 5 %}", "dune: 5 %, ¶dyne: 3 %}"),
        (BODY, "weights: {guild: 3", "weights: {¶gild: 3"),
        ("region.yaml", "languages: [eo, fy]", "languages: [eo, ¶eo, fy]"),
        ("region.yaml", "  - id: flood", "  - id: ebb\n    name: {eo: x, fy: x}\n  - id: ¶flood"),
    ],
    ids=["a key of a table", "a weight", "a language twice", "a stage twice"],
)
def test_what_would_be_passed_over_in_silence_is_told(capsys, tmp_path, name, old, new):
    _place, said = checked(capsys, tmp_path, name, old, new)

    assert said.status == 1
    assert name in said.err


@pytest.mark.parametrize("name", ["measures/dyke-loan.yml", "mesures/dyke-loan.yaml"])
def test_a_card_where_nobody_reads_it_is_told(capsys, tmp_path, name):
    folder = copied(tmp_path)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes((MINIATURE / LOAN).read_bytes())

    assert name in check(capsys, folder, "--notes").err


# circles


def test_two_names_derived_from_each_other_are_told_once(capsys, tmp_path):
    folder = copied(tmp_path)
    broken(folder, RECENT, "each.giver == 'harbour'", "help.steady")
    place = broken(folder, STEADY, "value: >-\n  all(", "value: ¶>-\n  help.recent > 0 or all(")

    said = check(capsys, folder)

    assert said.findings == [
        f"{place}: 'help.steady' is derived from itself: help.steady -> help.recent -> help.steady."
        " Break the circle in one of these cards."
    ]


def test_two_tests_that_include_each_other_are_told_where_they_do(capsys, tmp_path):
    place, said = checked(
        capsys, tmp_path, BOOKS, "conditions:", "includes: ¶[fair-play]\nconditions:"
    )

    assert said.status == 1
    assert [each for each in said.findings if each.startswith(line_of(place))]
    assert "is derived from itself" not in said.err  # nothing is derived here: it is included


# figures


def test_a_figure_without_any_day_is_told(capsys, tmp_path):
    empty = FLOOR.replace("floor: {", "floor: ¶{").replace("{2024-01-01: 200 chf}", "{}")
    place, said = checked(capsys, tmp_path, GRANT, FLOOR, empty)

    assert said.status == 1
    assert (
        f"{place}: The parameter 'floor' has no date. Write its value under a date."
        in said.findings
    )


@pytest.mark.parametrize("slices", ["[¶20 %, 10 %]", "[{from: 0 chf, rate: 20 %}, ¶{from: 5 chf}]"])
def test_brackets_that_are_none_are_told(capsys, tmp_path, slices):
    old = "[{from: 0 chf, rate: 20 %}, {from: 50000 chf, rate: 10 %}]"
    place, said = checked(capsys, tmp_path, LOAN, old, slices)

    assert said.status == 1
    assert line_of(place) in said.err


def test_an_amount_without_its_rate_is_told_that_the_rate_is_missing(capsys, tmp_path):
    place, said = checked(capsys, tmp_path, GRANT, "intensity: intensity, adds", "¶adds")

    assert said.status == 1
    assert line_of(place) in said.err
    assert "intensity" in said.err


# days


def test_a_succession_that_overlaps_is_told(capsys, tmp_path):
    old = "{from: 2020-01-01, until: 2023-12-31, after: boat-grant-2024}"
    new = "¶{from: 2020-01-01, until: 2024-01-31, after: boat-grant-2024}"
    place, said = checked(capsys, tmp_path, OLD_GRANT, old, new, "--notes")

    assert (
        f"{place}: 'boat-grant-2024' follows from 2024-01-01, this card ends on 2024-01-31. "
        "Check that the days neither overlap nor leave a hole." in said.findings
    )


def test_a_card_that_ends_before_it_begins_is_told(capsys, tmp_path):
    old = "{from: 2020-01-01, until: 2023-12-31, after: boat-grant-2024}"
    new = "¶{from: 2020-01-01, until: 2019-12-31, after: boat-grant-2024}"
    place, said = checked(capsys, tmp_path, OLD_GRANT, old, new)

    assert said.status == 1
    assert [each for each in said.findings if each.startswith(line_of(place))]


# conditions and cases


def test_a_condition_that_can_never_be_met_is_told(capsys, tmp_path):
    new = "  - ¶id: never\n    kind: test\n    when: body.members < 0\n"
    new += "    says: {eo: Neniam., fy: Nea.}\n    law: {act: ''}\n    read: text\ncases:"
    place, said = checked(capsys, tmp_path, BOOKS, "cases:", new, "--notes")

    assert (
        f"{place}: The condition 'never' is always 'no', whatever is told. "
        "Check its expression and the domains of its facts." in said.findings
    )


@pytest.mark.parametrize("name", [BOOKS, OLD_GRANT])
def test_a_card_without_cases_is_told(capsys, tmp_path, name):
    folder = copied(tmp_path, name)
    path = folder / name
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text[: text.index('cases:')]}cases: []\n", encoding="utf-8")

    said = check(capsys, folder)

    line = text[: text.index("cases:")].count("\n") + 1
    assert said.status == 1
    assert [each for each in said.findings if each.startswith(f"{path}:{line}:")]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (GRANT, "conditions: {form: yes, weeks: yes}", "conditions: {form: yes, ¶wekks: no}"),
        (GRANT, LAST_YEAR, "expect: {status: eligible, ¶value: 5}"),
        (GRANT, LAST_YEAR, "expect: ¶{}"),
        ("competences/salt-works.yaml", "bee-office: unknown}", "¶bea-office: no}"),
        ("surplus/boat-surplus.yaml", "yearly_share: 10 %", "¶yearly_chare: 11 %"),
    ],
    ids=["a condition", "a key of another kind", "nothing", "an answer", "a figure"],
)
def test_a_case_that_expects_what_its_card_never_says_is_told(capsys, tmp_path, name, old, new):
    place, said = checked(capsys, tmp_path, name, old, new)

    assert said.status == 1
    assert [each for each in said.findings if each.startswith(line_of(place))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("summary: {eo: Parto de via boato", "summary: {eo: Subvencio de ¶via boato"),
        ("name: {eo: Boata helpo, fy: Boatehelp}", "name: {eo: Boata subvencio, fy: ¶Boatehelp}"),
    ],
    ids=["in a sentence", "in a name"],
)
def test_a_word_to_avoid_is_told_where_it_stands(capsys, tmp_path, old, new):
    place, said = checked(capsys, tmp_path, GRANT, old, new)

    assert said.status == 1
    assert [each for each in said.findings if each.startswith(line_of(place))]
    assert "is not the word of this pack. Write 'helpo'." in said.err


# the vocabulary and the region


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (BODY, r"pattern: '\d\d(\.\d+)?'", "pattern: ¶'['"),
        (BODY, "country: ch, number: uid", "country: ¶xx, number: none"),
        ("region.yaml", "time_zone: Atlantic/Faroe", "time_zone: ¶Nowhere/City"),
        ("region.yaml", "languages: [eo, fy]", "languages: ¶[]"),
    ],
    ids=["a pattern", "a register", "a time zone", "no language"],
)
def test_what_no_program_can_use_is_told_before_a_dossier_meets_it(
    capsys, tmp_path, name, old, new
):
    place, said = checked(capsys, tmp_path, name, old, new)

    assert said.status == 1
    assert [each for each in said.findings if each.startswith(line_of(place))]


# the command itself


def test_a_folder_that_is_no_pack_could_not_be_read(capsys, tmp_path):
    said = check(capsys, tmp_path)

    assert said.status == 2
    assert said.err == (
        f"{tmp_path}: This folder is no region pack: it has no region.yaml. "
        "Name the folder of a pack, or make one with 'terreau region new NAME'.\n"
    )


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "20261124"])
def test_a_day_that_is_none_is_told_in_a_sentence(capsys, day):
    said = ask(capsys, "cards", "check", "--region", MINIATURE, "--on", day)

    assert said.status == 2
    assert f"'{day}' is no date" in said.err


def test_a_card_that_is_not_there_cannot_be_shown(capsys):
    said = ask(capsys, "cards", "show", "boat", "--region", MINIATURE)

    assert said.status == 2
    assert said.err.startswith("There is no card 'boat'. The cards are: bee-counsel, boat-grant-20")


def test_a_card_is_not_shown_in_a_language_that_the_pack_does_not_speak(capsys):
    said = ask(capsys, "cards", "show", "guild", "--region", MINIATURE, "--lang", "qq")

    assert said.status == 2
    assert said.err.startswith("The pack does not speak 'qq'. Choose one of: eo, fy.")
