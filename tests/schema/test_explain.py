"""What is told of a refused document: which rule, where, once per cause."""

from __future__ import annotations

import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any, Final

import pytest
from referencing.exceptions import Unresolvable

from chorus_config.model.finding import Fault, Path
from chorus_config.schema import accept, explain
from chorus_config.schema.explain import faults
from chorus_config.schema.packaged import NAMES
from tests.samples import ACCOUNT, PROJECT, SHEET, TODAY, Told, body, changed, composed, told, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chorus_config.model.project import FileKind

FP: Final = '  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n'


def strict(blocks: str) -> tuple[Fault, ...]:
    return faults("fiche-structure", TODAY, body(composed(SHEET, blocks)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(changed(SHEET, "version: 1\n", ""), ("CP008", "", 1, 1), id="at the root: the file"),
        pytest.param(changed(SHEET, '  ville: "VALMONT"\n', ""), ("CP008", "/adresse_postale", 9, 1), id="in a block: its key"),
        pytest.param(
            f"{SHEET}coordonnees_bancaires: [{{}}]\ncomptabilite: autre\n",
            ("CP008", "/coordonnees_bancaires/0", 14, 25),
            id="in an entry: the entry",
        ),
        pytest.param(
            f"{SHEET}utilisateurs:\n  - ref: dgs\n    role: GESTIONNAIRE_PRINCIPAL\n    espaces:\n      - nom: Engagements\n"
            "  - ref: b\n    role: GESTIONNAIRE_SECONDAIRE\n",
            ("CP008", "/utilisateurs/0/espaces/0", 18, 9),
            id="deep inside",
        ),
    ],
)
def test_a_missing_key_is_told_at_its_parent(text: str, expected: Told) -> None:
    assert told(f for f in verdict(text) if f.level == "error") == [expected]


def test_a_missing_key_is_a_fault_of_its_parent_that_names_it() -> None:
    sheet = body(SHEET)
    del sheet["adresse_postale"]["ville"]
    assert faults("fiche-structure", TODAY, sheet) == (Fault("CP008", ("adresse_postale",), "", "key", {"key": "ville"}),)


def test_each_missing_key_is_told_once() -> None:
    sheet = {"type": "fiche-structure", "version": 1, "adresse_postale": {"ville": "V"}}
    assert [(fault.rule, fault.path, fault.at, fault.args["key"]) for fault in faults("fiche-structure", TODAY, sheet)] == [
        ("CP008", (), "key", "informations_generales"),
        *(("CP008", ("adresse_postale",), "key", key) for key in ("adresse", "code_postal", "pays")),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "rule", "keys"),
    [
        pytest.param(
            composed(SHEET, "adresse_postale: {}\n"),
            "fiche-structure",
            "CP008",
            "adresse, code_postal, ville, pays",
            id="sheet",
        ),
        pytest.param(
            composed(ACCOUNT, "informations_personnelles: {}\n"),
            "compte-utilisateur",
            "CP008",
            "adresse_electronique_contact, nom, prenom",
            id="account: two rules",
        ),
        pytest.param(
            f"{SHEET}utilisateurs:\n  - {{}}\n  - ref: a\n    role: GESTIONNAIRE_PRINCIPAL\n",
            "fiche-structure",
            "CP008",
            "ref, role",
            id="entry",
        ),
    ],
)
def test_an_empty_block_is_one_cause(text: str, kind: FileKind, rule: str, keys: str) -> None:
    (fault,) = faults(kind, TODAY, body(text, kind))
    assert (fault.rule, fault.case, fault.args["keys"]) == (rule, "empty", keys)


@pytest.mark.parametrize(
    ("text", "kind", "expected", "suggestion"),
    [
        pytest.param(f"{SHEET}servises: []\n", "fiche-structure", ("CP007", "/servises", 14, 1), "services", id="slip"),
        pytest.param(f"{SHEET}Services: []\n", "fiche-structure", ("CP007", "/Services", 14, 1), "services", id="case"),
        pytest.param(
            f"{SHEET}Paramètres: {{}}\n", "fiche-structure", ("CP007", "/Paramètres", 14, 1), "parametres", id="accent"
        ),
        pytest.param(
            f"{SHEET}parametres:\n  Code Service-Obligatoire: true\n",
            "fiche-structure",
            ("CP007", "/parametres/Code Service-Obligatoire", 15, 3),
            "code_service_obligatoire",
            id="blank, hyphen and case",
        ),
        pytest.param(
            f"{SHEET}services:\n{FP}    Activ: true\n",
            "fiche-structure",
            ("CP007", "/services/0/Activ", 17, 5),
            "actif",
            id="in an entry",
        ),
        pytest.param(f"{SHEET}zzz: 1\n", "fiche-structure", ("CP007", "/zzz", 14, 1), "", id="nothing near"),
        pytest.param(f'{SHEET}"": x\n', "fiche-structure", ("CP007", "/", 14, 1), "", id="empty key"),
        pytest.param(f"{SHEET}a/b~c: x\n", "fiche-structure", ("CP007", "/a~1b~0c", 14, 1), "", id="key with a slash"),
        pytest.param(
            changed(ACCOUNT, "adresse_postale:\n", "adresse_postale:\n  tel: x\n"),
            "compte-utilisateur",
            ("CP007", "/adresse_postale/tel", 9, 3),
            "telephone",
            id="account",
        ),
        pytest.param(f"{PROJECT}règles: {{}}\n", "projet", ("CP007", "/règles", 3, 1), "regles", id="project"),
        pytest.param(f"{PROJECT}regles:\n  CP7011: info\n", "projet", ("CP007", "/regles/CP7011", 4, 3), "", id="rule's name"),
        pytest.param(f"{PROJECT}regles:\n  XCP701: info\n", "projet", ("CP007", "/regles/XCP701", 4, 3), "", id="before it"),
    ],
)
def test_an_unknown_key_is_told_at_the_key(text: str, kind: FileKind, expected: Told, suggestion: str) -> None:
    found = verdict(text, kind)
    assert told(found) == [expected]
    assert found[0].message.endswith(f": {suggestion} is expected" if suggestion else ("the file", "regles")) is True
    assert found[0].help == (
        f"Write {suggestion}, or delete the key." if suggestion else "Move the key to its block, or delete it."
    )


def test_unknown_keys_are_told_each_at_its_place() -> None:
    assert told(verdict(f"{SHEET}a: x\nb: {{c: x}}\nc: [x]\n")) == [
        ("CP007", "/a", 14, 1),
        ("CP007", "/b", 15, 1),
        ("CP007", "/c", 16, 1),
    ]


@pytest.mark.parametrize(
    ("old", "new", "told_at", "suggestion"),
    [
        pytest.param("  ville:", "  vile:", ("CP007", "/adresse_postale/vile", 12, 3), "ville", id="slip"),
        pytest.param("  ville:", "  Commune:", ("CP007", "/adresse_postale/Commune", 12, 3), "ville", id="synonym"),
        pytest.param("  ville:", "  zzz:", ("CP007", "/adresse_postale/zzz", 12, 3), "ville", id="the only one missing"),
        pytest.param("version: 1", "vrsn: 1", ("CP007", "/vrsn", 2, 1), "version", id="at the root"),
        pytest.param("version: 1", "zzz: 1", ("CP007", "/zzz", 2, 1), "version", id="a number"),
        pytest.param("adresse_postale:", "adresse_postal:", ("CP007", "/adresse_postal", 9, 1), "adresse_postale", id="block"),
    ],
)
def test_an_unknown_key_in_the_place_of_a_required_one_is_one_cause(old: str, new: str, told_at: Told, suggestion: str) -> None:
    text = changed(SHEET, old, new)
    assert told(verdict(text)) == [told_at]
    (fault,) = faults("fiche-structure", TODAY, body(text))
    assert (fault.case, fault.args["suggestion"]) == ("required", suggestion)


def test_an_unknown_key_of_another_shape_and_a_missing_one_are_two_causes() -> None:
    assert told(verdict(changed(SHEET, '  ville: "VALMONT"', "  zzz: true"))) == [
        ("CP008", "/adresse_postale", 9, 1),
        ("CP007", "/adresse_postale/zzz", 12, 3),
    ]


@pytest.mark.parametrize(
    ("old", "new", "told_at", "case", "block"),
    [
        pytest.param(
            "adresse_postale:\n",
            "",
            ("CP007", "/informations_generales/adresse", 9, 3),
            "header",
            "adresse_postale",
            id="header",
        ),
        pytest.param(
            "adresse_postale:",
            "  adresse_postale:",
            ("CP007", "/informations_generales/adresse_postale", 9, 3),
            "indented",
            "adresse_postale",
            id="indented",
        ),
        pytest.param("  pays:", "pays:", ("CP007", "/pays", 13, 1), "elsewhere", "adresse_postale", id="indented too little"),
        pytest.param(
            "adresse_postale:\n",
            '  Code postal: "16000"\nadresse_postale:\n',
            ("CP007", "/informations_generales/Code postal", 9, 3),
            "elsewhere",
            "adresse_postale",
            id="the portal's label, in another block",
        ),
        pytest.param(
            '  pays: "France"\n',
            f'  pays: "France"\nservices:\n{FP}  - ref: a\n    role: GESTIONNAIRE_PRINCIPAL\n'
            "  - ref: b\n    role: x\n    services: [A]\n",
            ("CP007", "/services/1/ref", 17, 5),
            "header",
            "utilisateurs",
            id="entries of another list",
        ),
    ],
)
def test_a_block_that_slid_is_one_cause(old: str, new: str, told_at: Told, case: str, block: str) -> None:
    text = changed(SHEET, old, new)
    assert told(verdict(text)) == [told_at]
    (fault,) = faults("fiche-structure", TODAY, body(text))
    assert (fault.case, fault.args["block"]) == (case, block)


def test_an_unknown_key_for_one_that_stands_there_is_told_so() -> None:
    (finding,) = verdict(changed(SHEET, "  ville:", '  Ville: "X"\n  ville:'))
    assert finding.message == "`Ville` is not a key of adresse_postale, and ville is already written there"


@pytest.mark.parametrize(
    ("blocks", "expected", "message"),
    [
        pytest.param(
            "comptabilite: Helios\n",
            ("CP009", "/comptabilite", 14, 15),
            '`comptabilite` is "Helios": helios is expected, or another of the list: helios, autre',
            id="word outside the list",
        ),
        pytest.param(
            "comptabilite: zzz\n",
            ("CP009", "/comptabilite", 14, 15),
            '`comptabilite` is "zzz", outside the list: helios, autre',
            id="nothing near",
        ),
        pytest.param(
            "depot_factures_hors_helios: oui\n",
            ("CP009", "/depot_factures_hors_helios", 14, 29),
            '`depot_factures_hors_helios` is "oui": true or false is expected',
            id="box",
        ),
        pytest.param(
            "services: {}\n",
            ("CP009", "/services", 14, 1),
            "`services` is a block of keys: a list is expected",
            id="block for a list: its key",
        ),
        pytest.param(
            "parametres: []\n",
            ("CP009", "/parametres", 14, 1),
            "`parametres` is a list: a block of keys is expected",
            id="list for a block: its key",
        ),
        pytest.param(
            'parametres: "x"\n',
            ("CP009", "/parametres", 14, 13),
            '`parametres` is "x": a block of keys is expected',
            id="text for a block: its value",
        ),
        pytest.param(
            "raccordement:\n  operateur: true\n",
            ("CP009", "/raccordement/operateur", 15, 14),
            "`operateur` is true: a text between double quotes is expected",
            id="box for a text",
        ),
        pytest.param(
            'remplace: {le: "31/10/2016"}\n',
            ("CP009", "/remplace/le", 14, 16),
            '`le` is "31/10/2016": a calendar date written YYYY-MM-DD is expected',
            id="date",
        ),
        pytest.param(
            'remplace: {le: "2016-10-31\\n"}\n',
            ("CP009", "/remplace/le", 14, 16),
            '`le` is "2016-10-31\\n": a calendar date written YYYY-MM-DD is expected',
            id="date with a line feed",
        ),
        pytest.param(
            f'raccordement: {{operateur: "{"o" * 4097}"}}\n',
            ("CP009", "/raccordement/operateur", 14, 27),
            "`operateur` is too long: 4096 at most are expected",
            id="too long",
        ),
    ],
)
def test_a_wrong_value_is_told_at_the_value(blocks: str, expected: Told, message: str) -> None:
    found = verdict(composed(SHEET, blocks))
    assert told(found) == [expected]
    assert found[0].message == message


@pytest.mark.parametrize("nothing", ["", "~", "null", '""'])
@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        pytest.param(
            "services: {}",
            "fiche-structure",
            "Nothing is written after `services`: an empty list would ask for every entry to be removed from the portal; "
            "without the line, the portal's list is left as it is",
            id="list of the portal",
        ),
        pytest.param(
            "derogations: {}", "projet", "Nothing is written after `derogations`: a list is expected", id="list of the project"
        ),
        pytest.param(
            "parametres: {}",
            "fiche-structure",
            "Nothing is written after `parametres`: its keys are expected below it",
            id="block",
        ),
        pytest.param(
            "depot_factures_hors_helios: {}",
            "fiche-structure",
            "Nothing is written after `depot_factures_hors_helios`: true or false is expected",
            id="box",
        ),
        pytest.param(
            "comptabilite: {}",
            "fiche-structure",
            "Nothing is written after `comptabilite`: a word of the list is expected: helios, autre",
            id="word",
        ),
    ],
)
def test_nothing_is_told_as_nothing(text: str, kind: FileKind, message: str, nothing: str) -> None:
    whole = {"fiche-structure": SHEET, "projet": PROJECT}[kind] + text.format(nothing) + "\n"
    (finding,) = verdict(whole, kind)
    assert (finding.rule, finding.message) == ("CP009", message)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("comptabilite: hors Hélios\n", "Write: `comptabilite: autre`."),
        ("depot_factures_hors_helios: Non\n", "Write: `depot_factures_hors_helios: false`."),
        ("raccordement: [EDI]\n", 'Write a block of keys, such as `raccordement: {mode: "PORTAIL"}`.'),
        (
            "services:\n  code: A\n",
            "Put a dash before `code:`, and the other keys of the entry below it, such as `services: [{code: ",
        ),
        ("utilisateurs: [dgs]\n", 'Write a block of keys, such as `- {ref: "dgs", role: "GESTIONNAIRE_PRINCIPAL"}`.'),
    ],
)
def test_a_remedy_can_be_pasted(text: str, remedy: str) -> None:
    (finding,) = verdict(SHEET + text)
    assert finding.help.startswith(remedy)


def test_a_wrong_entry_of_a_list_is_named_by_its_list() -> None:
    """`0` is no name for people: the entry is `utilisateurs[1]`."""
    (finding,) = verdict(f"{SHEET}utilisateurs:\n  - dgs\n")
    assert told([finding]) == [("CP009", "/utilisateurs/0", 15, 5)]
    assert finding.message == '`utilisateurs[1]` is "dgs": a block of keys is expected'


@pytest.mark.parametrize("data", [None, [], [1], "x", 1, True])
def test_what_is_no_block_is_told_once_at_the_root(data: object) -> None:
    assert [(fault.rule, fault.path, fault.case) for fault in faults("fiche-structure", TODAY, data)] == [("CP009", (), "root")]


@pytest.mark.parametrize(
    ("blocks", "rules"),
    [
        pytest.param("utilisateurs:\n  - {ref: a, role: CHEF}\n", ["CP601"], id="CP601 beats CP009"),
        pytest.param(f"services:\n{FP}  - code: A\n", ["CP404"], id="CP404 beats CP008"),
        pytest.param(f'services:\n{FP}    date_fin: "x"\n', ["CP401"], id="CP401 beats CP009 on a date"),
        pytest.param('adresse_postale: {adresse: a, code_postal: "", ville: b, pays: FR}\n', ["CP201"], id="CP201 beats CP202"),
        pytest.param(f'services:\n{FP}  - code: "{" " * 101}"\n    libelle: x\n', ["CP402"], id="one case of CP402"),
        pytest.param(
            'informations_generales: {raison_sociale: a, type_identifiant: SIREN, identifiant: "1", libelle: b, '
            "adresse_electronique: c}\n",
            ["CP009"],
            id="CP009 before conditions on the type",
        ),
        pytest.param(
            'informations_generales: {raison_sociale: a, type_identifiant: RIDET, identifiant: "", libelle: b, '
            "adresse_electronique: c}\n",
            ["CP103", "CP009"],
            id="two values, two causes",
        ),
        pytest.param("services: {}\n", ["CP009"], id="no condition on what is no list"),
        pytest.param("services:\n  - x\n", ["CP401", "CP009"], id="an entry that is none, and the missing service"),
    ],
)
def test_one_finding_per_cause(blocks: str, rules: list[str]) -> None:
    assert sorted(fault.rule for fault in strict(blocks)) == sorted(rules)


def test_a_rule_of_its_own_beats_the_generic_one_for_accounts() -> None:
    account = body(ACCOUNT, "compte-utilisateur")
    account["adresse_postale"] = {"adresse": " ", "ville": "V", "pays": "FR", "code_postal": 5}
    del account["parametres"]["langue"]
    account["parametres"]["etat"] = "x"
    found = faults("compte-utilisateur", TODAY, account)
    assert sorted((fault.rule, fault.path, fault.case, fault.at) for fault in found) == [
        ("CP009", ("adresse_postale", "code_postal"), "text", "value"),
        ("CP801", ("adresse_postale", "adresse"), "blank", "value"),
        ("CP801", ("parametres",), "missing", "key"),
        ("CP804", ("parametres", "etat"), "", "key"),
    ]


def test_a_long_value_is_told_with_its_length_and_limit() -> None:
    (fault,) = faults("fiche-structure.conseils", TODAY, body(f"{SHEET}services:\n{FP.replace('Service des', 'x' * 101)}"))
    assert (fault.rule, fault.args["length"], fault.args["limit"]) == ("CP205", 101 + len(" factures publiques"), 100)


def test_what_is_accepted_is_not_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_args: object) -> None:
        raise AssertionError

    monkeypatch.setattr(explain, "_explainer", never)
    monkeypatch.setattr(explain, "refusals", never)
    assert faults("fiche-structure", TODAY, body(SHEET)) == ()


class Mute:
    """An explainer that finds nothing."""

    def iter_errors(self, _data: object) -> tuple[()]:
        return ()


def mute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let jsonschema find nothing where jsonschema-rs refuses."""
    monkeypatch.setattr(explain, "_explainer", lambda *_args: Mute())


GENERIC: Final = {"CP007", "CP008", "CP009"}
REFUSED: Final = [
    pytest.param(changed(SHEET, "21169999600016", "1"), {"CP101"}, ("informations_generales", "identifiant"), id="CP101"),
    pytest.param(f"{SHEET}services: []\n", {"CP401"}, ("services",), id="CP401"),
    pytest.param(f"{SHEET}services:\n{FP}    actif: false\n", {"CP401"}, ("services", 0, "actif"), id="CP401 inactive"),
    pytest.param(f"{SHEET}services:\n{FP}  - code: A\n", {"CP404"}, ("services", 1), id="CP404"),
    pytest.param(f"{SHEET}comptabilite: x\n", GENERIC, ("comptabilite",), id="enum"),
    pytest.param(f"{SHEET}zzz: x\n", GENERIC, ("zzz",), id="unknown key"),
    pytest.param(changed(SHEET, '  ville: "VALMONT"\n', ""), GENERIC, ("adresse_postale",), id="missing key"),
]


@pytest.mark.parametrize(("text", "rules", "path"), REFUSED)
def test_a_refusal_that_jsonschema_does_not_share_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, text: str, rules: set[str], path: Path
) -> None:
    data = body(text)
    mute(monkeypatch)
    (fault,) = faults("fiche-structure", TODAY, data)
    assert fault.rule in rules
    assert fault.path == path


@pytest.mark.parametrize(("text", "rules", "path"), REFUSED)
def test_and_it_can_be_told(monkeypatch: pytest.MonkeyPatch, text: str, rules: set[str], path: Path) -> None:
    """The stricter verdict stands in words too: no place of the message is missing."""
    mute(monkeypatch)
    (finding,) = verdict(text)
    assert finding.rule in rules
    assert (finding.level, finding.pointer) == ("error", "".join(f"/{step}" for step in path))
    assert finding.message


class _Counter(BaseHTTPRequestHandler):
    """Answers every request with a schema that accepts all, and counts."""

    hits = 0

    def do_GET(self) -> None:
        type(self).hits += 1
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the overridden method
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """A server on the loopback interface that counts who asks."""
    _Counter.hits = 0
    with HTTPServer(("127.0.0.1", 0), _Counter) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


def _with(monkeypatch: pytest.MonkeyPatch, whole: Any) -> None:
    """Put a schema in the place of the packaged ones, for both engines."""
    monkeypatch.setattr(accept, "schema_on", lambda _name, _day: whole)
    monkeypatch.setattr(explain, "schema_on", lambda _name, _day: whole)


def test_the_counting_server_counts(server: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{server}/a.json", timeout=5) as answer:
        assert answer.read() == b"{}"
    assert _Counter.hits == 1


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda url: {"$ref": f"{url}/a.json"}, id="remote reference"),
        pytest.param(lambda url: {"properties": {"type": {"$ref": f"{url}/a.json#/$defs/x"}}}, id="inside a property"),
        pytest.param(lambda url: {"$id": f"{url}/b.json", "properties": {"type": {"$ref": "a.json"}}}, id="relative to an $id"),
        pytest.param(lambda url: {"$dynamicRef": f"{url}/a.json#x"}, id="dynamic"),
    ],
)
def test_a_schema_never_reaches_the_network(monkeypatch: pytest.MonkeyPatch, server: str, made: Any) -> None:
    """A reference out of the packaged schemas raises, in both engines as we set them up; nobody is asked."""
    _with(monkeypatch, made(server))
    with pytest.raises(ValueError, match="not present in a registry"):
        accept.validator.__wrapped__(("x",), TODAY)
    with pytest.raises(Unresolvable):
        list(explain._explainer.__wrapped__("x", TODAY, None).iter_errors({"type": "x"}))
    assert _Counter.hits == 0


def test_a_schema_never_reads_a_file_either(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    _with(monkeypatch, {"$ref": (tmp_path / "a.json").as_uri()})
    with pytest.raises(Unresolvable):
        list(explain._explainer.__wrapped__("x", TODAY, None).iter_errors({}))
    with pytest.raises(ValueError, match="not present in a registry"):
        accept.validator.__wrapped__(("x",), TODAY)


@pytest.mark.parametrize("name", NAMES)
def test_every_packaged_schema_compiles_offline(name: str) -> None:
    accept.validator.__wrapped__((name,), TODAY)
    list(explain._explainer.__wrapped__(name, TODAY, None).iter_errors({}))


def test_half_a_character_stops_nobody() -> None:
    """No file holds one; what was changed in a store might. The other faults of the document are told all the same."""
    sheet = body(changed(SHEET, "version: 1\n", ""))
    sheet["informations_generales"]["libelle"] = "\ud800"
    assert [fault.rule for fault in faults("fiche-structure", TODAY, sheet)] == ["CP008"]
