"""Which of many plans in one file is meant."""

from collections.abc import Mapping
from datetime import date

from anju_cli.errors import Unclear
from anju_cli.i18n import _


def choose(spans: Mapping[str, tuple[date, date]], asked: str | None, today: date) -> str:
    """The plan asked for, else the only one, else the earliest whose span holds today."""
    known = _("the plans here are {plans}").format(plans=", ".join(sorted(spans)))
    if asked:
        if asked in spans:
            return asked
        raise Unclear(_("no such plan"), got=asked, hint=known)
    if len(spans) == 1:
        return next(iter(spans))
    holding = sorted((span, plan) for plan, span in spans.items() if span[0] <= today <= span[1])
    if holding:
        return holding[0][1]
    raise Unclear(_("several plans, and none holds today; say which with --plan ID"), got=today, hint=known)
