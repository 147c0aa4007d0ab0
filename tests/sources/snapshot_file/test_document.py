"""A snapshot as a file: read strictly, completed with what its roots say, written so that it is read again."""

from __future__ import annotations

import json
import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chorus_config.diff.expand import root_of
from chorus_config.i18n.translator import Translator, translator_for
from chorus_config.model.errors import NoInput, Refused, Unavailable
from chorus_config.model.observed.directory_line import DirectoryLine
from chorus_config.model.snapshot import Snapshot
from chorus_config.render.findings.json import unmasked_json
from chorus_config.render.observe.json import snapshot_document
from chorus_config.schema.accept import accepts
from chorus_config.sources.snapshot_file.document import read_file, read_snapshot
from tests.diff.strategies import BICS, IBANS, Body, bodies
from tests.engine.making import DAY, IBAN, OTHER, SIRET, account, sheet
from tests.engine.observing import TAKEN, portal

SAY: Final = translator_for("en")


def document(*rows: tuple[str, Any], **changed: Any) -> dict[str, Any]:
    """Return a snapshot document of roots and bodies."""
    records = [{"root": root, "body": body} for root, body in rows]
    made = {"format_version": "1.0", "type": "snapshot", "source": "Lu à l'écran", "taken_at": TAKEN, "records": records}
    return {**made, **changed}


def read(*rows: tuple[str, Any], **changed: Any) -> Snapshot:
    """Return the snapshot that a document of rows is read as."""
    return read_snapshot(json.dumps(document(*rows, **changed)), "releve.json", SAY)


def test_a_body_is_completed_with_what_its_root_says() -> None:
    made = read((SIRET, {"services": [{"code": "A", "libelle": "B"}]}), ("comptes/dgs", {}), (OTHER, {}))
    assert made.records[SIRET].body == {
        "type": "fiche-structure",
        "version": 1,
        "services": [{"code": "A", "libelle": "B"}],
        "informations_generales": {"identifiant": SIRET},
    }
    assert made.records["comptes/dgs"].body == {"type": "compte-utilisateur", "version": 1, "ref": "dgs"}
    assert (made.source, made.taken_at, made.lineage) == ("Lu à l'écran", TAKEN, None)
    assert all(str(root_of(record.body)) == root for root, record in made.records.items())


def test_keys_of_a_later_minor_version_are_ignored() -> None:
    assert read((SIRET, {}), format_version="1.9", nouveau={"a": 1}).records.keys() == {SIRET}


def test_a_masked_value_is_not_reported() -> None:
    bank = [{"libelle": "Régie", "iban": "FR76 **** 0189", "bic": "AGRIFRPP"}, {"libelle": "**** **", "iban": IBAN}]
    made = read((SIRET, {"coordonnees_bancaires": bank, "espaces": ["****"]}))
    assert made.records[SIRET].body["coordonnees_bancaires"] == [{"libelle": "Régie", "bic": "AGRIFRPP"}, bank[1]]
    assert made.records[SIRET].body["espaces"] == ["****"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        (json.dumps(document()) + "x", "damaged JSON: line 1, column 133"),
        (json.dumps(document())[:-1], "truncated JSON"),
        (json.dumps(document()).replace('"type"', '"source": "", "type"'), "the key source twice"),
        ('{"a\x1b[31m": 1, "a\x1b[31m": 1}', "damaged"),
        (json.dumps({"x": {"a\x1b[31m": 1}}).replace("1}", '1, "a\\u001b[31m": 1}'), r"the key a\\u\{1b\}\[31m twice"),
        ("[]", "observe -o.*a block is due"),
        ("null", "observe -o.*a block is due"),
        ("{}", "observe -o.*its type is not"),
        ('{"type": "snapshot"}', "observe -o.*the document lacks format_version, source, taken_at, records"),
        (json.dumps({**document(), "records": [{"root": SIRET}]}), "/records/0 lacks body"),
        (json.dumps(document(type="plan")), "observe -o.*its type is not"),
        (json.dumps(document(type="plan", format_version="2.0")), "observe -o.*its type is not"),
        (json.dumps(document(error={"exit_code": 66, "message": "x"})), "observe -o.*a command that failed"),
        (json.dumps(document(source=5)), "/source: a text is due"),
        (json.dumps(document(taken_at=None)), "/taken_at: a text is due"),
        (json.dumps(document(taken_at="hier")), "/taken_at is no instant such as"),
        (json.dumps(document(taken_at=f"{TAKEN}\n")), "/taken_at is no instant such as"),
        (json.dumps(document(taken_at="2026-13-01T00:00:00Z")), "/taken_at is no instant such as"),
        (json.dumps({**document(), "records": {}}), "/records: a list is due"),
        (json.dumps(document((SIRET, []))), "/records/0/body: a block is due"),
        (json.dumps(document(("", {}))), "/records/0/root has a value that it cannot have"),
        (json.dumps(document(format_version="0.9")), "format_version 0.9 is unknown: 1.0 is expected"),
        (json.dumps(document(format_version="1.0.1")), "format_version 1.0.1 is unknown"),
        (json.dumps(document(format_version=2)), "format_version 2 is unknown"),
    ],
)
def test_what_is_no_snapshot_is_69(text: str, why: str) -> None:
    with pytest.raises(Unavailable, match=why) as told:
        read_snapshot(text, "relevé.json", SAY)
    assert "relevé.json" in str(told.value)


@pytest.mark.parametrize("version", ["2.0", "10.3"])
def test_a_newer_format_is_4(version: str) -> None:
    with pytest.raises(Refused, match=version):
        read(format_version=version)


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([(SIRET, {}), (SIRET, {})], "is there twice"),
        ([(SIRET, sheet(OTHER))], "/records/0/body"),
        ([(SIRET, {"type": "compte-utilisateur"})], "/records/0/body"),
        ([("comptes/dgs", account("autre"))], "/records/0/body"),
        ([(f"{SIRET}/services/A", {})], "/records/0/body"),
        ([("comptes/a/b", {})], "/records/0/body"),
        ([("comptes/", {})], "root is neither"),
        ([("comptes", {})], "root is neither"),
        ([(f"{SIRET}/", {})], "root is neither"),
        ([(OTHER, {}), (SIRET, {"zzz": 1})], "/records/1/body/zzz"),
        ([(SIRET, {"informations_generales": {"libele": "x"}})], "/informations_generales/libele"),
        ([(SIRET, {"informations_generales": {"libelle": 5}})], "/informations_generales/libelle: a text is due"),
        ([(SIRET, {"informations_generales": {"libelle": None}})], "/informations_generales/libelle"),
        ([(SIRET, {"informations_generales": []})], "/informations_generales"),
        ([(SIRET, {"version": True})], "/version: a whole number is due"),
        ([(SIRET, {"version": 2})], "/version: .* version 1 only"),
        ([("comptes/dgs", {"version": 0})], "/version: .* version 1 only"),
        ([(SIRET, {"parametres": {"moa_uniquement": "false"}})], "/parametres/moa_uniquement: true or false is due"),
        ([(SIRET, {"services": {}})], "/services: a list is due"),
        ([(SIRET, {"services": ["x"]})], "/services/0: a block is due"),
        ([(SIRET, {"services": [{"libelle": "x"}]})], "/services/0"),
        ([(SIRET, {"services": [{"code": ""}]})], "/services/0"),
        ([(SIRET, {"services": [{"code": "A"}, {"code": "A"}]})], "/services/1"),
        ([(SIRET, {"espaces": ["a", "a"]})], "/espaces/1"),
        ([(SIRET, {"utilisateurs": [{"ref": "a", "services": [1]}]})], "/utilisateurs/0/services/0"),
        ([("comptes/dgs", {"rattachements": "x"})], "/rattachements"),
        ([(SIRET, {"a\x1b[31m": 1})], r"\\u\{1b\}"),
    ],
)
def test_a_body_in_another_shape_than_a_sheet_is_69_at_its_place(rows: list[tuple[str, Any]], place: str) -> None:
    with pytest.raises(Unavailable, match=place):
        read(*rows)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("iban", "FR76 XXXX 0185"), ("iban", "•••• 0189"), ("iban", "FR76 3000 60XX XXXX XXXX XXXX 189"),
        ("iban", "FR7630006000011XXX567890189"), ("iban", "FR763000600001123456789018"), ("iban", "BE71 XXXX XXXX 6769"),
        ("iban", "n. c."), ("iban", "FR76...0189"), ("bic", "AGRI XXXX"), ("bic", "AGRIFR"), ("bic", "•••• PP"),
    ],
)  # fmt: skip
def test_bank_details_that_are_no_value_are_refused_at_their_place_and_not_shown(key: str, value: str) -> None:
    bank = [{"libelle": "a", "iban": IBAN, "bic": "AGRIFRPP"}, {"libelle": "b", key: value}]
    with pytest.raises(Unavailable, match=f"/records/0/body/coordonnees_bancaires/1/{key}: ") as told:
        read((SIRET, {"coordonnees_bancaires": bank}))
    assert value not in str(told.value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("iban", "fr76 3000 6000 0112 3456 7890 189"), ("iban", IBAN[:-3] + "289"), ("iban", "BE71096123456769"), ("iban", ""),
        ("bic", "agri fr pp xxx"), ("bic", "DEUTDEFF"), ("bic", ""),
    ],
)  # fmt: skip
def test_bank_details_are_taken_as_they_are_written(key: str, value: str) -> None:
    made = read((SIRET, {"coordonnees_bancaires": [{"libelle": "b", key: value}]}))
    assert made.records[SIRET].body["coordonnees_bancaires"] == [{"libelle": "b", key: value}]


@given(bodies())
@settings(max_examples=300, deadline=None, database=None)
def test_law_what_is_written_is_read_again(body: Body) -> None:
    made = portal(body)
    written = snapshot_document(made)
    assert accepts("snapshot", DAY, written)
    again = read_snapshot(unmasked_json(written), "x", SAY)
    assert {root: record.body for root, record in again.records.items()} == {root: r.body for root, r in made.records.items()}
    assert (again.source, again.taken_at) == (made.source, made.taken_at)


@given(bodies())
@settings(max_examples=300, deadline=None, database=None)
def test_law_what_is_shown_is_masked(body: Body) -> None:
    shown = unmasked_json(snapshot_document(portal(body), shown=True))
    assert not any(secret in shown for secret in (*IBANS, *BICS))
    assert read_snapshot(shown, "x", SAY).records.keys() == portal(body).records.keys()


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["services", "espaces", "informations_generales", "code", "nom", "libelle", "zzz"]), inner)))  # fmt: skip
@settings(max_examples=500, deadline=None, database=None)
def test_law_no_document_raises_anything_else(value: Any) -> None:
    for text in (json.dumps(value), json.dumps(document((SIRET, value)))):
        with suppress(Unavailable):
            read_snapshot(text, "x", SAY)


def test_the_example_of_the_manual_is_a_snapshot() -> None:
    text = (Path(__file__).parents[3] / "docs" / "snapshot.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    made = read_snapshot(example, "releve.json", SAY)
    assert accepts("snapshot", DAY, json.loads(example))
    assert [*made.records] == ["21160999500017"]
    # Every key of the format has its row.
    for key in ("format_version", "source", "taken_at", "records[].root", "records[].body"):
        assert f"| `{key}` |" in text


def test_a_file_is_read_with_or_without_a_mark(tmp_path: Path, say: Translator) -> None:
    for raw in ("é{}".encode(), "\ufeffé{}".encode()):
        (tmp_path / "r.json").write_bytes(raw)
        assert read_file(tmp_path / "r.json", "r.json", say) == "é{}"


def test_a_missing_file_is_66(tmp_path: Path, say: Translator) -> None:
    with pytest.raises(NoInput, match=r"absent\.json"):
        read_file(tmp_path / "absent.json", "absent.json", say)


def test_what_is_no_file_is_69_and_never_waited_for(tmp_path: Path, say: Translator) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dir").mkdir()
    (tmp_path / "r.json").write_bytes(b"")
    for name in ("pipe", "dir", "r.json/x"):
        with pytest.raises(Unavailable, match="cannot be used"):
            read_file(tmp_path / name, name, say)
    with pytest.raises(Unavailable):
        read_file(Path(f"{tmp_path}/a\0b"), "a\0b", say)


def test_what_is_no_text_is_69(tmp_path: Path, say: Translator) -> None:
    (tmp_path / "r.json").write_bytes(b"\xff\xfe{\x00}\x00")
    with pytest.raises(Unavailable, match="UTF-8"):
        read_file(tmp_path / "r.json", "r.json", say)


def test_no_more_than_the_limit_is_read(tmp_path: Path, say: Translator) -> None:
    (tmp_path / "r.json").write_bytes(b"12345")
    assert read_file(tmp_path / "r.json", "r.json", say, limit=5) == "12345"
    with pytest.raises(Unavailable, match="too large"):
        read_file(tmp_path / "r.json", "r.json", say, limit=4)
    # A letter cut in two at the limit is not taken for a file that is no text.
    (tmp_path / "r.json").write_bytes("123éé".encode())
    with pytest.raises(Unavailable, match="too large"):
        read_file(tmp_path / "r.json", "r.json", say, limit=3)


def test_no_handle_is_left_open(tmp_path: Path, say: Translator) -> None:
    before = len([*Path("/proc/self/fd").iterdir()])
    test_what_is_no_file_is_69_and_never_waited_for(tmp_path, say)
    assert len([*Path("/proc/self/fd").iterdir()]) == before
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_invoicing_addresses_are_kept_and_a_file_without_them_says_nothing_of_any() -> None:
    lines = {
        SIRET[:9]: (DirectoryLine(SIRET[:9], "", None),),
        SIRET: (
            DirectoryLine(f"{SIRET[:9]}_{SIRET}", SIRET, True, "chorus_pro"),
            DirectoryLine(f"{SIRET[:9]}_{SIRET}_A_B", SIRET, False, "approved"),
        ),
        OTHER: (),
    }
    written = snapshot_document(replace(portal(sheet()), lines=lines))
    assert accepts("snapshot", DAY, written)
    assert read_snapshot(unmasked_json(written), "r.json", SAY).lines == lines
    without = snapshot_document(portal(sheet()))
    assert "lines" not in without
    assert read_snapshot(unmasked_json(without), "r.json", SAY).lines == {}


@pytest.mark.parametrize(
    "lines",
    [{}, [{"owner": "1"}], [{"owner": "1", "addresses": []}], [{"owner": SIRET, "addresses": [{"address": "x"}]}],
     [{"owner": SIRET, "addresses": [{"address": "x", "active": "yes"}]}],
     [{"owner": SIRET, "addresses": [{"address": "x", "active": True, "platform": "WK"}]}]],
)  # fmt: skip
def test_invoicing_addresses_of_another_form_are_refused(lines: Any) -> None:
    with pytest.raises(Unavailable, match="/lines"):
        read((SIRET, {}), lines=lines)
