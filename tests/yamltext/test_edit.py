"""Changing one value by its span: nothing else moves, and a reader takes the file for exactly what was meant."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chorus_config.model.finding import Path
from chorus_config.yamltext.edit import CannotEdit, edited, extended
from chorus_config.yamltext.parse import MAX_BYTES, parse
from chorus_config.yamltext.positions import positions_in
from tests.diff.strategies import Body, sheets

law = settings(max_examples=400, deadline=None, database=None)

SHEET: Final = """\
# tête
type: fiche-structure
informations_generales:
  libelle: 'Régie de l''eau' # le nom
  statut: ACTIF
  raison_sociale:
adresse_postale: {code_postal: "16000", ville: ANGOULEME} # siège
services:
  - code: ST-TECH
    libelle:   "Services"   # du bâtiment
    actif: true
    # description: "…"
  # avant la fin
espaces: ["Travaux"]
parametres: {}
utilisateurs: []
"""
LONG: Final = "notes: |\n  une\n  deux\nlibelle: >-\n  trois\nplat: un\n  deux\n"


def made(path: Path, value: object, text: str = SHEET, order: tuple[str, ...] = ()) -> str:
    """Return the text with a value set."""
    return edited(text.encode(), path, value, order).decode()


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("informations_generales", "libelle"), 'Eau "vive"', "'Régie de l''eau' #", '"Eau \\"vive\\"" #'),
        (("informations_generales", "statut"), "INACTIF", "statut: ACTIF", 'statut: "INACTIF"'),
        (("informations_generales", "raison_sociale"), "X", "raison_sociale:\n", 'raison_sociale: "X"\n'),
        (("adresse_postale", "ville"), "A: b", "ville: ANGOULEME}", 'ville: "A: b"}'),
        (("services", 0, "libelle"), "a\nb", '"Services"   #', '"a\\nb"   #'),
        (("services", 0, "actif"), False, "actif: true", "actif: false"),
        (("espaces", 0), "Élus", '["Travaux"]', '["Élus"]'),
        (("espaces",), ["a", "b"], '["Travaux"]', '["a", "b"]'),
    ],
)
def test_a_value_is_replaced_where_it_stands(path: Path, value: object, old: str, new: str) -> None:
    assert SHEET.count(old) == 1
    assert made(path, value) == SHEET.replace(old, new)


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("informations_generales", "fax"), "1", "  raison_sociale:\n", '  raison_sociale:\n  fax: "1"\n'),
        (("services", 0, "description"), "d", "    actif: true\n", '    actif: true\n    description: "d"\n'),
        (("adresse_postale", "pays"), "France", "ANGOULEME}", 'ANGOULEME, pays: "France"}'),
        (("parametres", "moa_uniquement"), True, "parametres: {}", "parametres: {moa_uniquement: true}"),
        (("espaces", 1), "b", '["Travaux"]', '["Travaux", "b"]'),
        (("utilisateurs", 0), {"ref": "dgs"}, "utilisateurs: []", 'utilisateurs: [{ref: "dgs"}]'),
        (
            ("services", 1),
            {"code": "B", "libelle": "b", "adresse_postale": {"ville": "V"}},
            '    # description: "…"\n',
            '    # description: "…"\n  - code: "B"\n    libelle: "b"\n    adresse_postale:\n      ville: "V"\n',
        ),
        (("raccordement",), {"mode": "EDI"}, "utilisateurs: []\n", 'utilisateurs: []\nraccordement:\n  mode: "EDI"\n'),
    ],
)
def test_what_is_missing_is_put_beside_its_siblings(path: Path, value: object, old: str, new: str) -> None:
    assert SHEET.count(old) == 1
    assert made(path, value) == SHEET.replace(old, new)


def test_a_key_goes_behind_the_nearest_one_of_the_screen() -> None:
    order = ("code", "libelle", "description", "actif")
    assert '"Services"   # du bâtiment\n    description: "d"\n    actif' in made(
        ("services", 0, "description"), "d", order=order
    )
    # What comes first on the screen goes behind the first key, never before the dash.
    assert '- b: x\n    a: "y"\n' in made(("l", 0, "a"), "y", "l:\n  - b: x\n", ("a", "b"))
    # Only the first: what stands behind it on the screen stays behind it.
    assert made(("l", 0, "a"), "y", "l:\n  - b: x\n    c: z\n", ("a", "b", "c")) == 'l:\n  - b: x\n    a: "y"\n    c: z\n'
    # What the screen does not know goes to the end.
    assert made(("l", 0, "z"), "y", "l:\n  - b: x\n    c: z\n", ("a", "b", "c")).endswith('    c: z\n    z: "y"\n')


def test_comments_further_in_stay_with_the_block_before() -> None:
    text = b'a:\n  pays: "France"\n  # telephone: "+33 5"\n    # suite\n# b: ce qui suit\n# b:\n#   x: 1\n'
    assert edited(text, ("b",), {"x": True}, ("a", "b")) == text.replace(b"# b: ce", b"b:\n  x: true\n# b: ce")
    # A comment that is as far out as the keys is not part of a block.
    assert edited(text, ("a", "ville"), "V").startswith(b'a:\n  pays: "France"\n  ville: "V"\n  # telephone')


def test_lists_keep_the_way_they_are_written() -> None:
    assert made(("l", 1), {"a": "y", "b": True}, "l:\n-   a: x\n") == 'l:\n-   a: x\n-   a: "y"\n    b: true\n'
    assert made(("l", 1), "y", "l:\n  -\n    a: x\n") == 'l:\n  -\n    a: x\n  - "y"\n'
    # The blanks behind a dash are counted on its own line only.
    assert made(("l", 1), "y", "l:\n-\n      a: x\n") == 'l:\n-\n      a: x\n- "y"\n'
    assert made(("l", 1), "y", "l:\n  - x\n  # plus loin\nm: z\n") == 'l:\n  - x\n  - "y"\n  # plus loin\nm: z\n'
    nested = "l:\n  - a:\n      b: x # c\n"
    assert made(("l", 1), "y", nested) == f'{nested}  - "y"\n'


def test_line_ends_mark_and_last_line_stay() -> None:
    windows = "\ufeff" + SHEET.replace("\n", "\r\n")
    after = edited(windows.encode(), ("services", 1), {"code": "B", "libelle": "b"}).decode()
    assert after.startswith("\ufeff")
    assert "\n" not in after.replace("\r\n", "")
    assert '\r\n  - code: "B"\r\n    libelle: "b"\r\n  # avant' in after
    assert made(("b",), "x", "a: y") == 'a: y\nb: "x"'
    assert made(("b",), "x", "c: z\r\na: y") == 'c: z\r\na: y\r\nb: "x"'


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        (LONG, ("notes",), "x"),
        (LONG, ("libelle",), "x"),
        (LONG, ("plat",), "x"),
        ("a:\n  b: |\n    c\n", ("a", "d"), "x"),
        (SHEET, ("services",), ["x"]),
        (SHEET, ("services",), "x"),
        (SHEET, ("adresse_postale",), "x"),
        (SHEET, ("espaces",), {"a": "b"}),
        (SHEET, ("absent", "libelle"), "x"),
        (SHEET, ("services", 2), "x"),
        (SHEET, ("services", "libelle"), "x"),
        (SHEET, ("espaces", 0, "nom"), "x"),
        (SHEET, ("informations_generales", "libelle"), "a\u200bb"),
        (SHEET, ("informations_generales", "libelle"), "a\x07b"),
        (SHEET, ("informations_generales", "libelle"), "a\tb"),
        (SHEET, ("informations_generales", "libelle"), "\ud800"),
        ("a: [x, # ici\n  y]\n", ("a",), ["z"]),
        ('a: ["#"]\n', ("a",), ["z"]),
        ("a: x\na: y\n", ("a",), "z"),
        ("a: 'x\n", ("a",), "z"),
        ("a: &b x\n", ("a",), "z"),
        ("a: x\u200b\n", ("a",), "z"),
        ("", ("a",), "z"),
    ],
)
def test_what_cannot_be_changed_by_its_span_is_refused(text: str, path: Path, value: object) -> None:
    with pytest.raises(CannotEdit) as told:
        edited(text.encode("utf-8", "surrogatepass"), path, value)
    assert told.value.reason


@pytest.mark.parametrize(
    ("text", "path", "after"),
    [
        ("a: y\nb:\nc: z\n", ("b", "k"), 'a: y\nb:\n  k: "x"\nc: z\n'),
        ("b: # oui\n  # k: v\n\nc: z\n", ("b", "k"), 'b: # oui\n  k: "x"\n  # k: v\n\nc: z\n'),
        ("a: y\r\nb:\r\n", ("b", "k"), 'a: y\r\nb:\r\n  k: "x"\r\n'),
        ("a: y\nb:", ("b", "k"), 'a: y\nb:\n  k: "x"'),
        ("l:\n  - b:\n    c: d\n", ("l", 0, "b", "k"), 'l:\n  - b:\n      k: "x"\n    c: d\n'),
    ],
)
def test_a_block_of_which_only_the_name_stands_gets_its_first_key_below_it(text: str, path: Path, after: str) -> None:
    assert made(path, "x", text) == after


@pytest.mark.parametrize(
    ("text", "path", "value", "why"),
    [
        (SHEET, ("informations_generales", "libelle"), "é" * (MAX_BYTES // 2), "larger than a sheet may be"),
        ("l: []\n", ("l",), ["x"] * 50_001, "larger than a sheet may be"),
        (SHEET, ("informations_generales", "libelle"), "a\u200bb", "holds characters"),
        ("a: ''\n", ("a", "k"), "x", "block a is"),
        ("a: ~\n", ("a", "k"), "x", "block a is"),
        ("a: {b: , c: d}\n", ("a", "b", "k"), "x", "block b is"),
        ("a: {b}\n", ("a", "b", "k"), "x", "block b is"),
        ("? a\n: \nb: c\n", ("a", "k"), "x", "written in a way"),
        ("l:\n-\n- x\n", ("l", 0, "k"), "x", "written in a way"),
        ("x\n", ("k",), "x", "written in a way"),
        ("a:\n", ("a", "b", "k"), "x", "not written in the file"),
    ],
)
def test_the_right_reason_is_given(text: str, path: Path, value: object, why: str) -> None:
    with pytest.raises(CannotEdit) as told:
        edited(text.encode(), path, value)
    assert why in told.value.reason.format(**told.value.places)


def test_no_bytes_are_too_odd() -> None:
    with pytest.raises(CannotEdit):
        edited(b"\xff\xfea: b", ("a",), "c")


def leaf_paths(data: Any, path: Path = ()) -> list[Path]:
    """Return the paths of every text and boolean."""
    if isinstance(data, dict):
        return [one for key, item in data.items() for one in leaf_paths(item, (*path, key))]
    if isinstance(data, list):
        return [one for index, item in enumerate(data) for one in leaf_paths(item, (*path, index))]
    return [path]


def with_value(data: Any, path: Path, value: object) -> Any:
    """Return a document with one value set."""
    copy = json.loads(json.dumps(data))
    here = copy
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return copy


def in_blocks(data: Any, indent: int, flows: Any) -> list[str]:
    """Write a mapping as lines, each value in one of the styles that people use."""
    lines = []
    for key, item in data.items():
        pad = " " * indent
        style = flows(st.sampled_from(["block", "flow"]))
        quoted = json.dumps(item, ensure_ascii=False)
        if isinstance(item, dict) and item and style == "block":
            lines += [f"{pad}{key}: # {key}", *in_blocks(item, indent + 2, flows)]
        elif isinstance(item, list) and item and style == "block":
            lines.append(f"{pad}{key}:")
            for entry in item:
                if isinstance(entry, dict):
                    inner = in_blocks(entry, indent + 4, flows)
                    lines += [f"{pad}  - {inner[0].lstrip()}", *inner[1:], f"{pad}  # après"]
                else:
                    lines.append(f"{pad}  - {json.dumps(entry, ensure_ascii=False)} # {len(lines)}")
        else:
            lines.append(f"{pad}{key}: {quoted} # « {key} »")
    return lines


@given(sheets(), st.data(), st.sampled_from(["\n", "\r\n"]), st.booleans())
@law
def test_law_an_edit_changes_no_byte_outside_its_span(body: Body, data: st.DataObject, feed: str, mark: bool) -> None:
    text = feed.join(in_blocks(body, 0, data.draw)) + feed
    raw = ("\ufeff" if mark else "").encode() + text.encode()
    before = parse(raw)
    assume(not before.faults)
    path = data.draw(st.sampled_from(leaf_paths(before.data)))
    value = data.draw(st.sampled_from(["x", "é: [", 'a"b\\', "# c", "", "true", True, False, "une\nautre", "25160278500015"]))
    after = edited(raw, path, value)
    assert parse(after).data == with_value(before.data, path, value)
    # All that differs is what stood at the place of the value.
    span, lines = positions_in(raw).values[path], text.split("\n")
    start = sum(len(line) + 1 for line in lines[: span.line - 1]) + span.column - 1
    end = sum(len(line) + 1 for line in lines[: span.end_line - 1]) + span.end_column - 1
    told = after.decode().removeprefix("\ufeff")
    assert (told[:start], told[len(told) - len(text) + end :]) == (text[:start], text[end:])
    assert after.startswith("\ufeff".encode()) is mark


@given(sheets(), st.data(), st.sampled_from(["\n", "\r\n"]))
@law
def test_law_an_addition_takes_nothing_away(body: Body, data: st.DataObject, feed: str) -> None:
    raw = (feed.join(in_blocks(body, 0, data.draw)) + data.draw(st.sampled_from(["", feed]))).encode()
    before: Any = parse(raw).data
    assume(isinstance(before, dict))
    lists = [key for key, item in before.items() if isinstance(item, list)]
    blocks = [key for key, item in before.items() if isinstance(item, dict)]
    key = data.draw(st.sampled_from(lists + blocks))
    path: Path = (key, len(before[key])) if key in lists else (key, "nouvelle_cle")
    value: Any = {"code": "N", "libelle": "x: y"} if key in lists and data.draw(st.booleans()) else "n"
    after = edited(raw, path, value)
    wanted = json.loads(json.dumps(before))
    if key in lists:
        wanted[key].append(value)
    else:
        wanted[key]["nouvelle_cle"] = value
    assert parse(after).data == wanted
    # What was there is there still, in two pieces around the new one.
    start = next((n for n, (one, other) in enumerate(zip(raw, after, strict=False)) if one != other), len(raw))
    assert any(
        raw[n:] == after[len(after) - len(raw) + n :] and raw[:n] == after[:n] for n in range(max(0, start - 8), start + 1)
    )


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a:\n  - 'x' # one\nb: c\n", 'a:\n  - \'x\' # one\n  - "y"\n  - "z"\nb: c\n'),
        ('a: ["x"]\n', 'a: ["x", "y", "z"]\n'),
        ("a: []\n", 'a: ["y", "z"]\n'),
    ],
)
def test_entries_are_added_in_one_go(text: str, after: str) -> None:
    assert extended(text.encode(), ("a",), ["y", "z"]).decode() == after
    assert extended(text.encode(), ("a",), []) == text.encode()


def test_entries_are_written_as_their_neighbours_are() -> None:
    rows = [{"k": "1", "l": "2"}, {"k": "3"}]
    short = extended(b'a:\n  - {k: "0"}\n', ("a",), rows).decode()
    assert short == 'a:\n  - {k: "0"}\n  - {k: "1", l: "2"}\n  - {k: "3"}\n'
    long = extended(b'a:\n  - k: "0"\n', ("a",), rows).decode()
    assert long == 'a:\n  - k: "0"\n  - k: "1"\n    l: "2"\n  - k: "3"\n'


def test_what_is_no_list_is_not_extended() -> None:
    with pytest.raises(CannotEdit):
        extended(b"a: b\n", ("a",), ["y"])
