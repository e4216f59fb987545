"""Copies of the database, and the check of the surroundings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.i18n import _, pgettext
from anju_cli.render.page import Column, Page, Table, text
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
    words = {"ok": _("in order"), "note": _("note"), "warn": _("please check"), "bad": _("to be put right")}
    head = [Column(_("What")), Column(pgettext("check", "State")), Column(_("Found")), Column(_("Advice"))]
    cells = [
        [
            text(record_labels.surrounding(row.check)),
            text(words[row.state], TONES[row.state]),
            text(row.found),
            text(row.advice),
        ]
        for row in rows
    ]
    return Page("", [], [Table(_("Environment"), head, cells)])
