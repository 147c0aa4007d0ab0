"""The registry: every rule that this version enforces, with its level and where it is enforced.

Rules are in folders by what they look at. A rule's words live in its own module (`services/cp401_factures_publiques.py`),
imported only when it has something to say; so does its `check`, where it is written in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from chorus_config.model.finding import Fault, Rule, RuleContext, RuleTexts
from chorus_config.model.project import CrossFileCheck, FileKind

# What the `check` of a rule written in Python is handed: one file of a kind, or what is known of all files.
_SHEETS: Final = frozenset({"fiche-structure"})
_ACCOUNTS: Final = frozenset({"compte-utilisateur"})
_PROJECT: Final = frozenset({"projet"})
_BETWEEN: Final = frozenset({"between"})
# All files, and what public lists say, where the project names some.
_LISTS: Final = frozenset({"between", "lists"})

# What several rules read beside the place where they find fault.
_CODES: Final = ("services/*/code",)
_ACCOUNTING: Final = ("comptabilite",)

_RULES: Final = (
    Rule("CP001", "error", "loader", "files/cp001_yaml_syntax", fixed=True),
    Rule("CP002", "error", "loader", "files/cp002_characters", fixed=True),
    Rule("CP003", "error", "loader", "files/cp003_yaml_features", fixed=True),
    Rule("CP004", "error", "loader", "files/cp004_duplicate_key", fixed=True, unknown=True, vague=-1),
    Rule("CP005", "error", "loader", "files/cp005_size_limits", fixed=True),
    Rule("CP006", "error", "loader", "files/cp006_unquoted_text"),
    Rule("CP007", "error", "strict", "files/cp007_unknown_key", fixed=True, unknown=True),
    Rule("CP008", "error", "strict", "files/cp008_missing_key", fixed=True, unknown=True),
    Rule("CP009", "error", "strict", "files/cp009_wrong_value", fixed=True, unknown=True, vague=2),
    Rule("CP010", "warning", "python", "files/cp010_placeholder", ready=True, checks=_SHEETS | _ACCOUNTS, vague=-1),
    Rule("CP011", "error", "python", "files/cp011_two_files_one_name", fixed=True, checks=_BETWEEN),
    Rule("CP012", "info", "python", "files/cp012_file_name", checks=_SHEETS | _ACCOUNTS),
    Rule("CP013", "warning", "python", "project/cp013_unused_exception", checks=_BETWEEN),
    Rule("CP014", "error", "loader", "files/cp014_unreadable_file", fixed=True),
    Rule("CP015", "error", "python", "project/cp015_exception_not_allowed", fixed=True, checks=_PROJECT),
    Rule("CP016", "error", "strict", "files/cp016_one_line", also="warning", vague=-2),
    Rule("CP017", "error", "loader", "files/cp017_other_format", fixed=True),
    Rule(
        "CP018",
        "warning",
        "python",
        "files/cp018_damaged_text",
        also="error",
        checks=_SHEETS | _ACCOUNTS | _PROJECT,
        unknown=True,
        vague=-1,
    ),
    Rule("CP051", "warning", "python", "project/cp051_budget_without_sheet", ready=True, checks=_BETWEEN),
    Rule("CP052", "warning", "python", "project/cp052_sheet_without_budget", checks=_BETWEEN),
    Rule("CP053", "warning", "python", "project/cp053_deadline", checks=_BETWEEN),
    Rule("CP054", "warning", "python", "project/cp054_budget_left_out", also="info", checks=_LISTS),
    Rule("CP055", "warning", "python", "project/cp055_member_twice", checks=_PROJECT),
    Rule("CP101", "error", "strict", "identity/cp101_siret_form", fixed=True),
    Rule(
        "CP102",
        "error",
        "python",
        "identity/cp102_siret_checksum",
        also="info",
        checks=_SHEETS | _PROJECT,
        reads=("informations_generales/type_identifiant",),
    ),
    Rule("CP103", "error", "strict", "identity/cp103_siret_required"),
    Rule("CP104", "error", "strict", "identity/cp104_blank_label"),
    Rule("CP105", "warning", "python", "identity/cp105_vague_label", checks=_SHEETS),
    Rule("CP106", "error", "python", "identity/cp106_email", checks=_SHEETS),
    Rule("CP107", "info", "python", "identity/cp107_personal_email", checks=_SHEETS),
    Rule("CP108", "warning", "advice", "identity/cp108_inactive_structure", ready=True, follows=("CP909",)),
    Rule("CP109", "warning", "advice", "identity/cp109_private_on_helios", reads=_ACCOUNTING),
    Rule(
        "CP110",
        "warning",
        "advice",
        "identity/cp110_edi_without_connection",
        reads=("raccordement", "raccordement/mode"),
        vague=1,
        once=True,
    ),
    Rule("CP111", "warning", "python", "identity/cp111_public_lists", ready=True, checks=_LISTS),
    Rule("CP112", "warning", "python", "identity/cp112_same_label", checks=_BETWEEN),
    Rule("CP113", "warning", "advice", "identity/cp113_name_too_long"),
    Rule("CP201", "error", "strict", "address/cp201_blank_address"),
    Rule("CP202", "error", "strict", "address/cp202_postal_code"),
    Rule("CP203", "warning", "python", "address/cp203_phone_form", also="error", checks=_SHEETS | _ACCOUNTS),
    Rule("CP204", "warning", "python", "address/cp204_phone_number", checks=_SHEETS | _ACCOUNTS),
    Rule("CP205", "warning", "advice", "address/cp205_directory_lengths"),
    Rule("CP206", "warning", "python", "address/cp206_unknown_country", checks=_SHEETS | _ACCOUNTS),
    Rule("CP301", "warning", "advice", "bank/cp301_bank_on_helios", reads=(*_ACCOUNTING, "depot_factures_hors_helios")),
    Rule("CP302", "error", "python", "bank/cp302_iban", checks=_SHEETS),
    Rule("CP303", "error", "python", "bank/cp303_bic", checks=_SHEETS),
    Rule("CP304", "info", "advice", "bank/cp304_iban_in_git", follows=("CP301",)),
    Rule("CP305", "error", "python", "bank/cp305_duplicate_account", fixed=True, checks=_SHEETS, repeated=True),
    Rule("CP401", "error", "strict", "services/cp401_factures_publiques", fixed=True, vague=-3, reads=_CODES),
    Rule("CP402", "error", "strict", "services/cp402_service_code", fixed=True, unknown=True, vague=1),
    Rule("CP403", "error", "python", "services/cp403_duplicate_code", fixed=True, checks=_SHEETS, repeated=True),
    Rule("CP404", "error", "strict", "services/cp404_service_label"),
    Rule("CP405", "error", "python", "services/cp405_dates_reversed", checks=_SHEETS),
    Rule("CP406", "info", "advice", "services/cp406_code_characters", also="warning"),
    Rule("CP407", "warning", "python", "services/cp407_codes_differ_by_case", checks=_SHEETS),
    Rule("CP408", "warning", "python", "services/cp408_past_end_date", checks=_SHEETS),
    Rule("CP409", "info", "python", "services/cp409_commitment_not_on_service", checks=_SHEETS),
    Rule("CP501", "warning", "advice", "spaces/cp501_unknown_space"),
    Rule("CP502", "error", "python", "spaces/cp502_space_not_open", checks=_SHEETS, reads=("espaces", "espaces/*")),
    Rule("CP504", "warning", "python", "spaces/cp504_works_space_missing", checks=_SHEETS, reads=("espaces", "espaces/*")),
    Rule("CP505", "error", "python", "users/cp505_unknown_service", also="info", checks=_SHEETS, reads=_CODES),
    Rule("CP506", "warning", "advice", "spaces/cp506_spaces_gone", once=True),
    Rule("CP507", "info", "advice", "users/cp507_unknown_right"),
    Rule("CP601", "error", "strict", "users/cp601_unknown_role", fixed=True, unknown=True),
    Rule("CP602", "error", "strict", "users/cp602_one_principal", reads=("utilisateurs/*/ref",)),
    Rule(
        "CP603",
        "info",
        "advice",
        "users/cp603_no_second_manager",
        reads=("utilisateurs/*/role", "utilisateurs/*/habilitations", "utilisateurs/*/habilitations/*"),
    ),
    Rule("CP604", "warning", "advice", "users/cp604_former_role"),
    Rule("CP605", "error", "python", "users/cp605_duplicate_user", fixed=True, checks=_SHEETS, unknown=True, repeated=True),
    Rule("CP606", "info", "python", "users/cp606_no_account_file", checks=_BETWEEN),
    Rule("CP608", "warning", "advice", "users/cp608_right_too_early"),
    Rule("CP701", "warning", "advice", "settings/cp701_commitment_on_helios", reads=_ACCOUNTING),
    Rule("CP702", "error", "strict", "settings/cp702_code_without_services", reads=_CODES),
    Rule("CP703", "warning", "advice", "settings/cp703_either_and_single"),
    Rule("CP704", "warning", "advice", "settings/cp704_both_single", follows=("CP701",)),
    Rule("CP705", "warning", "advice", "settings/cp705_moa_only", ready=True, follows=("CP917",)),
    Rule("CP706", "error", "python", "settings/cp706_edi_too_early", checks=_SHEETS),
    Rule("CP707", "error", "python", "settings/cp707_moa_too_early", checks=_SHEETS),
    Rule("CP708", "warning", "advice", "settings/cp708_payment_status_on_helios", reads=_ACCOUNTING),
    Rule("CP709", "warning", "advice", "settings/cp709_either_without_services", reads=_CODES),
    Rule("CP710", "warning", "advice", "settings/cp710_edi_in_2017"),
    Rule("CP801", "error", "strict", "accounts/cp801_missing_field", unknown=True),
    Rule("CP802", "error", "strict", "accounts/cp802_notifications"),
    Rule("CP803", "error", "python", "accounts/cp803_email", checks=_ACCOUNTS),
    # What Hélios supplies may be set by exception, a password never.
    Rule("CP804", "error", "strict", "accounts/cp804_not_yours", fixed_cases=frozenset({"secret", "address"})),
    Rule("CP805", "warning", "python", "accounts/cp805_nobody_notified", checks=_BETWEEN),
    Rule("CP901", "error", "change", "changes/cp901_factures_publiques", fixed=True, risk=True),
    Rule("CP902", "error", "change", "changes/cp902_identifier", fixed=True, risk=True),
    Rule("CP903", "info", "change", "changes/cp903_raison_sociale"),
    # Until the portal of 21 February 2023, « seul le Rôle peut être modifié ».
    Rule(
        "CP904",
        "error",
        "change",
        "changes/cp904_user_added_or_removed",
        risk=True,
        later=("2023-02-21", "warning"),
        helped_as="CP6",
    ),
    Rule("CP905", "error", "change", "changes/cp905_principal_transfer", risk=True, helped_as="CP6"),
    Rule("CP906", "warning", "change", "changes/cp906_service_removed", risk=True),
    Rule("CP907", "error", "change", "changes/cp907_code_renamed", risk=True),
    Rule("CP908", "warning", "change", "changes/cp908_demand_on_suppliers", risk=True, also="info"),
    Rule("CP909", "warning", "change", "changes/cp909_structure_deactivated", risk=True),
    Rule("CP910", "error", "change", "changes/cp910_sheet_deleted", risk=True),
    Rule("CP911", "warning", "change", "changes/cp911_bank_details", risk=True),
    Rule("CP912", "warning", "change", "changes/cp912_becomes_manager", risk=True, helped_as="CP6"),
    Rule("CP914", "warning", "change", "changes/cp914_edi_switched", risk=True),
    Rule("CP915", "info", "change", "changes/cp915_label_or_email"),
    Rule("CP916", "warning", "change", "changes/cp916_kind_of_structure"),
    Rule("CP917", "error", "change", "changes/cp917_works_invoices_only", risk=True),
    Rule("CP918", "warning", "change", "changes/cp918_unknown_structure", once=True),
    Rule("CP920", "error", "guard", "changes/cp920_thresholds"),
)

RULES: Final = {rule.id: rule for rule in _RULES}


def known_rule(word: str) -> bool:
    """Tell whether a word is a rule's id or the beginning of one (`CP4` is a block)."""
    return len(word) >= 3 and any(rule.startswith(word) for rule in RULES)


def module_of(rule: str) -> ModuleType:
    """Return the module of a rule, imported at the first call. Raises KeyError for an unknown id."""
    return import_module(f"chorus_config.rules.{RULES[rule].file.replace('/', '.')}")


def texts(rule: str) -> RuleTexts:
    """Return what a rule says. Raises KeyError for an unknown id."""
    found: RuleTexts = module_of(rule).TEXTS
    return found


# Takes the body of a document and its context, and yields faults.
Check = Callable[[dict[str, Any], RuleContext], Iterable[Fault]]


@cache
def checks_of(kind: FileKind) -> tuple[Check, ...]:
    """Return the checks of one file of a kind."""
    return tuple(module_of(rule).check for rule, row in RULES.items() if kind in row.checks)


@cache
def cross_file_checks(*, lists: bool = True) -> tuple[CrossFileCheck, ...]:
    """Return the checks that look at all files of a project at once; without `lists`, not those that need public lists.

    CP013 is not among them: it judges waivers, after all others have said which they needed.
    """
    rows = [row for row in RULES.values() if "between" in row.checks and (lists or not needs_lists(row.id))]
    return tuple(module_of(row.id).check for row in rows if row.id != "CP013")


def needs_lists(rule: str) -> bool:
    """Tell whether a rule compares with public lists."""
    return "lists" in RULES[rule].checks
