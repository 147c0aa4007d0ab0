"""Floor 4: what can be done, typed, without click and without printing: what the commands call, and other programs.

`from chorus_config.app import open_project, validate_project` is the public Python API (docs/api.md). Each name is imported
when it is first used: a program that checks sheets loads no database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from chorus_config.app.apply import Approval, ReadyPlan, approve_plan, plan_to_approve, saved_plan_to_approve
    from chorus_config.app.checking.verdicts import Effort, effort_of_user
    from chorus_config.app.confirm import ConfirmRun, confirm_operations
    from chorus_config.app.diff import RevisionDiff, diff_revisions
    from chorus_config.app.doctor.examine import examine
    from chorus_config.app.doctor.look import DoctorOptions
    from chorus_config.app.drift import find_drift
    from chorus_config.app.dropped import dropped_of_store, reopen_operations
    from chorus_config.app.fixing.fix import FixOptions, draft_fixes, write_fixes
    from chorus_config.app.fixing.set import draft_set, write_set
    from chorus_config.app.history import read_history
    from chorus_config.app.importing.adopt import Adopted, adopt_values
    from chorus_config.app.importing.sheets import draft_import, finish_import, write_import
    from chorus_config.app.letters import find_letters
    from chorus_config.app.notice import MadeNotice, make_notice, make_notice_of_changes
    from chorus_config.app.observe import ReadyRecording, Recorded, record_observed, recording_of, refuse_older
    from chorus_config.app.plan import ReturnPlan, make_plan, plan_options, plan_to, read_plan_file
    from chorus_config.app.project import Events, OpenOptions, OpenProject, open_project
    from chorus_config.app.revisions import DiffRange
    from chorus_config.app.rules import explain_rule, list_rules
    from chorus_config.app.scaffold.project import draft_from_answers, draft_from_import, open_new_project, write_scaffold
    from chorus_config.app.scaffold.schemas import check_modelines, schema_file, write_schemas
    from chorus_config.app.sources import Pace, observe_source, observe_sources
    from chorus_config.app.spreadsheet.collected import SpreadsheetDraft, SpreadsheetWish, draft_spreadsheet
    from chorus_config.app.spreadsheet.export import ExportWish, export_workbook
    from chorus_config.app.state import (
        Restorable,
        state_backup,
        state_forget,
        state_forgettable,
        state_list,
        state_migrate,
        state_restorable,
        state_restore,
        state_show,
    )
    from chorus_config.app.status import find_status, status_workbook
    from chorus_config.app.store_access import Writer, lock_list, lock_release
    from chorus_config.app.validate import Validation, files_to_check, validate_project
    from chorus_config.app.watch import Watched, watch_sources
    from chorus_config.app.worksheet import worksheet_of_plan, worksheet_of_store

# By module, in the order of the work.
API: Final = {
    "project": ("open_project", "OpenOptions", "OpenProject", "Events"),
    "validate": ("validate_project", "files_to_check", "Validation"),
    "checking.verdicts": ("Effort", "effort_of_user"),
    "fixing.fix": ("draft_fixes", "write_fixes", "FixOptions"),
    "fixing.set": ("draft_set", "write_set"),
    "diff": ("diff_revisions", "RevisionDiff"),
    "revisions": ("DiffRange",),
    "notice": ("make_notice", "make_notice_of_changes", "MadeNotice"),
    "plan": ("make_plan", "plan_to", "plan_options", "read_plan_file", "ReturnPlan"),
    "apply": ("plan_to_approve", "saved_plan_to_approve", "approve_plan", "ReadyPlan", "Approval"),
    "store_access": ("Writer", "lock_list", "lock_release"),
    "worksheet": ("worksheet_of_store", "worksheet_of_plan"),
    "confirm": ("confirm_operations", "ConfirmRun"),
    "dropped": ("dropped_of_store", "reopen_operations"),
    "letters": ("find_letters",),
    "status": ("find_status", "status_workbook"),
    "sources": ("observe_source", "observe_sources", "Pace"),
    "watch": ("watch_sources", "Watched"),
    "observe": ("recording_of", "refuse_older", "record_observed", "ReadyRecording", "Recorded"),
    "drift": ("find_drift",),
    "importing.adopt": ("adopt_values", "Adopted"),
    "importing.sheets": ("draft_import", "write_import", "finish_import"),
    "state": (
        "state_list", "state_show", "state_forgettable", "state_forget", "state_migrate", "state_backup", "state_restorable",
        "state_restore", "Restorable",
    ),
    "spreadsheet.export": ("export_workbook", "ExportWish"),
    "spreadsheet.collected": ("draft_spreadsheet", "SpreadsheetDraft", "SpreadsheetWish"),
    "history": ("read_history",),
    "rules": ("list_rules", "explain_rule"),
    "scaffold.project": ("open_new_project", "draft_from_answers", "draft_from_import", "write_scaffold"),
    "scaffold.schemas": ("schema_file", "check_modelines", "write_schemas"),
    "doctor.examine": ("examine",),
    "doctor.look": ("DoctorOptions",),
}  # fmt: skip
_MODULE_OF: Final = {name: module for module, names in API.items() for name in names}

__all__ = [
    "Adopted",
    "Approval",
    "ConfirmRun",
    "DiffRange",
    "DoctorOptions",
    "Effort",
    "Events",
    "ExportWish",
    "FixOptions",
    "MadeNotice",
    "OpenOptions",
    "OpenProject",
    "Pace",
    "ReadyPlan",
    "ReadyRecording",
    "Recorded",
    "Restorable",
    "ReturnPlan",
    "RevisionDiff",
    "SpreadsheetDraft",
    "SpreadsheetWish",
    "Validation",
    "Watched",
    "Writer",
    "adopt_values",
    "approve_plan",
    "check_modelines",
    "confirm_operations",
    "diff_revisions",
    "draft_fixes",
    "draft_from_answers",
    "draft_from_import",
    "draft_import",
    "draft_set",
    "draft_spreadsheet",
    "dropped_of_store",
    "effort_of_user",
    "examine",
    "explain_rule",
    "export_workbook",
    "files_to_check",
    "find_drift",
    "find_letters",
    "find_status",
    "finish_import",
    "list_rules",
    "lock_list",
    "lock_release",
    "make_notice",
    "make_notice_of_changes",
    "make_plan",
    "observe_source",
    "observe_sources",
    "open_new_project",
    "open_project",
    "plan_options",
    "plan_to",
    "plan_to_approve",
    "read_history",
    "read_plan_file",
    "record_observed",
    "recording_of",
    "refuse_older",
    "reopen_operations",
    "saved_plan_to_approve",
    "schema_file",
    "state_backup",
    "state_forget",
    "state_forgettable",
    "state_list",
    "state_migrate",
    "state_restorable",
    "state_restore",
    "state_show",
    "status_workbook",
    "validate_project",
    "watch_sources",
    "worksheet_of_plan",
    "worksheet_of_store",
    "write_fixes",
    "write_import",
    "write_scaffold",
    "write_schemas",
    "write_set",
]


def __getattr__(name: str) -> Any:
    """Return a name of the API, imported now."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
