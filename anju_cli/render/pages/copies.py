"""Copies of the database, and the check of the surroundings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.i18n import _, pgettext
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Page
from anju_cli.render.wording import record_labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.ledger import Checked, Kept

TONES = {"ok": "good", "note": "faint", "warn": "warn", "bad": "bad"}


def kept_page(kept: Kept) -> Page:
    """A copy that was looked through."""
    held = _("{plans} plans, {filings} filings, {entries} entries; last receipt {receipt}").format(
        plans=kept.plans, filings=kept.filings, entries=kept.entries, receipt=kept.receipt or "—"
    )
    lines = [_("Checked and whole: {file}").format(file=kept.file), held]
    lines += [_("SHA-256 {sha256} · {bytes} bytes").format(sha256=kept.sha256, bytes=kept.bytes)]
    lines += [_("The database that was here is kept in {file}").format(file=kept.replaced)] if kept.replaced else []
    return Page("", lines)


def doctor_page(rows: list[Checked]) -> Page:
    """What was looked at, and what it means."""
    return Page("", [], [columns.table(_("Environment"), _checked_columns(), rows)])


def _checked_columns() -> list[ColumnOf[Checked]]:
    states = {"ok": _("in order"), "note": _("note"), "warn": _("please check"), "bad": _("to be put right")}
    return [
        columns.words("check", _("What"), lambda row: record_labels.surrounding(row.check)),
        columns.state("state", pgettext("check", "State"), lambda row: states[row.state], lambda row: TONES[row.state]),
        columns.words("found", _("Found")),
        columns.words("advice", _("Advice")),
    ]
