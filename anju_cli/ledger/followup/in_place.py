"""三个到位: project teams, a named post for every item, schemes filed. Posts, never persons."""

from anju_cli.domain.matter_rules import InPlaceRecord
from anju_cli.domain.names import find_task
from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _
from anju_cli.ledger.followup.matters import Noted, Register, needed


def record(
    register: Register,
    unit: str,
    what: str,
    *,
    items: list[str],
    post: str | None = None,
    on: str | None = None,
    note: str | None = None,
    document: str | None = None,
) -> Noted:
    """Record a team, a scheme, or the post that answers for an item; a later record stands for an earlier one.

    Raises Unclear where it is not said what is in place, or for which items.
    """
    code = InPlaceRecord.read(what, _("no such record")).value
    units = register.bodies([unit])
    basis = {
        "team": ("--document or --note", document or note),
        "post": ("--post", post),
        "scheme": ("--document", document),
    }
    name, said = basis[code]
    needed(said, name)
    if (code == "post") != bool(items):
        raise Unclear(_("a post is named for items, with --item, and nothing else is"), got=code)
    own: list[str | None] = [_own(register, units[0], each) for each in items]
    for item in own or [None]:
        content = {
            "record": code,
            "units": units,
            "item": item,
            "post": needed(post, "--post") if post else None,
            "about": needed(note, "--note") if note else None,
        }
        register.open("record", "file", register.day(on), content, document=document)
    return register.noted()


def _own(register: Register, unit: str, name: str) -> str:
    """An item that the unit leads or assists with, or that its collective does."""
    plan = register.book.plan
    item, body = find_task(plan, name), plan.body_by_id[unit]
    if not {body.id, body.unit, *plan.reporting(unit)} & {*item.lead, *item.assist, *item.allocations}:
        raise Refused(_("this is not a task of {unit}").format(unit=unit), got=item.id)
    return item.id
