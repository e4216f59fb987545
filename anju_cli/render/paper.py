"""What a person says of an official paper that the ledger cannot know: number, recipients, approval, dates, wording."""

from datetime import date
from typing import NamedTuple

from anju_cli.domain.grammar import clean, parse_date
from anju_cli.errors import Unclear
from anju_cli.i18n import _

FORMS = {"通报": "通报", "报告": "报告", "bulletin": "通报", "report": "报告"}
"""A bulletin (to units alike or below), or a report (upwards); by their Chinese names or in English."""

ARGUMENTS = ("form", "number", "to", "copy_to", "approved", "issued", "remedy_by", "template")
"""What can be said of a paper, as the command line names it."""


class Paper(NamedTuple):
    """The arguments of a bulletin. What is not given is never made up: its place is shown in the paper."""

    form: str = "通报"
    """通报 or 报告."""
    number: str | None = None
    """The document number (文号)."""
    to: str | None = None
    """The recipients (主送)."""
    copy_to: str | None = None
    """Who gets copies (抄送)."""
    approved: bool = False
    """Whether the leading group has agreed."""
    issued: date | None = None
    """The date of issue."""
    remedy_by: date | None = None
    """By when what is missing is to come."""
    template: str | None = None
    """A file of the office's own in place of the text that is shipped."""


def paper(
    *,
    form: str | None,
    number: str | None,
    to: str | None,
    copy_to: str | None,
    approved: bool,
    issued: str | None,
    remedy_by: str | None,
    template: str | None,
    today: date,
    not_before: date,
) -> Paper:
    """The paper that these arguments ask for; it is dated `not_before` the end of what it is on."""
    if form is not None and form.lower() not in FORMS:
        raise Unclear(_("no such form of paper"), got=form, hint="通报, 报告")
    return Paper(
        form=FORMS[(form or "通报").lower()],
        number=clean(number, "--number") if number else None,
        to=clean(to, "--to").rstrip("：:") if to else None,
        copy_to=clean(copy_to, "--copy-to").rstrip("。") if copy_to else None,
        approved=approved,
        issued=(day := _day(issued, today, not_before)),
        remedy_by=_day(remedy_by, today, day or not_before),
        template=template,
    )


def _day(text: str | None, today: date, not_before: date) -> date | None:
    """A date of a paper: without a year, the first such day from the one that it cannot precede."""
    return parse_date(text, today=today, not_before=not_before) if text else None
