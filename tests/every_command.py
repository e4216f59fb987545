"""Every command of the command line, so that a test over all of them fails where a new one has no place in its table."""

from collections.abc import Iterator
from typing import Any

from anju_cli.cli.root import root


def leaves(group: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, list[Any]]]:
    """Every command with its parameters."""
    group = group or root()
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if hasattr(command, "list_commands"):
            yield from leaves(command, (*path, name))
        else:
            yield " ".join((*path, name)), command.params


SLIP = "slips issue raise --unit hsc --due 2020-08-01"
TASK = "tasks assign 清单 --source 会议 --unit hcb --due 2020-08-10"
MEETING = ["meetings add 第二次会议 --on 2020-07-10 --chair 组长", "meetings attend 1 hsc tal"]
PROJECT = "projects add PS-01 --name 一期 --homes 400 --target complete=400@2020-09-30"
FIGURE = "progress add raise 7 --unit tal --on 7-18"
LOCKED = ["review open Q2", "review lock Q2"]
ASSESSED = [*LOCKED, "review result hsc not-met", "review result all met"]
CLOSED = [*ASSESSED, "review close Q2 --on 2020-07-20 --document d"]
PROPOSED = [*ASSESSED, "interviews propose Q2"]
HELD = [*PROPOSED, "interviews approve 1 --document d", "interviews hold 1"]
COMMITTED = [*HELD, "interviews commit 1 赶上 --due 2020-08-10"]

WRITES = {
    "progress add": [FIGURE],
    "progress correct": [FIGURE, "progress correct {last} 9 --reason r"],
    "progress void": [FIGURE, "progress void {last} --reason r"],
    "progress reduce": ["progress reduce raise 5 --unit tal --reason r --on 7-18"],
    "progress undo": [FIGURE, "progress undo"],
    "progress import": ["progress import {return} -u wat -q Q2"],
    "units record": ["units record hsc team --document d"],
    "review open": ["review open Q2"],
    "review lock": LOCKED,
    "review confirm": [*LOCKED, "review confirm hsc --objection 多了"],
    "review result": [*LOCKED, "review result hsc not-met"],
    "review close": CLOSED,
    "review bulletin": [*CLOSED, "review bulletin Q2 --number n --recipients r"],
    "review reopen": [*LOCKED, "review reopen Q2 --reason r --document d"],
    "slips issue": [SLIP],
    "slips acknowledge": [SLIP, "slips acknowledge 1"],
    "slips extend": [SLIP, "slips extend 1 --due 2020-08-15 --reason r"],
    "slips close": [SLIP, "slips close 1 --note n"],
    "slips cancel": [SLIP, "slips cancel 1 --reason r"],
    "interviews propose": PROPOSED,
    "interviews approve": [*PROPOSED, "interviews approve 1 --document d"],
    "interviews drop": [*PROPOSED, "interviews drop 1 --reason r"],
    "interviews hold": HELD,
    "interviews commit": COMMITTED,
    "interviews extend": [*COMMITTED, "interviews extend C1 --due 2020-08-20 --reason r"],
    "interviews close": [*COMMITTED, "interviews close C1 --note n"],
    "interviews cancel": [*COMMITTED, "interviews cancel C1 --reason r"],
    "meetings add": ["meetings add 第三次会议 --on 2020-08-10 --chair 组长"],
    "meetings topics": ["meetings add 会 --on 2020-08-10 --chair 组长", "meetings topics 1 房源 --unit hsc"],
    "meetings attend": MEETING,
    "meetings resolve": [*MEETING, "meetings resolve 1 加快 --unit hsc --due 2020-09-30"],
    "meetings minutes": [*MEETING, "meetings minutes 1 --agreed all --document d"],
    "meetings cancel": [MEETING[0], "meetings cancel 1 --reason r"],
    "tasks assign": [TASK],
    "tasks extend": [TASK, "tasks extend 1 --due 2020-08-20 --reason r"],
    "tasks close": [TASK, "tasks close 1 --note n"],
    "tasks cancel": [TASK, "tasks cancel 1 --reason r"],
    "projects add": [PROJECT],
    "projects import": ["projects import {projects}"],
    "projects edit": [PROJECT, "projects edit PS-01 --homes 420 --current complete=2021-03-31 --reason r"],
    "projects withdraw": [PROJECT, "projects withdraw PS-01 --reason r"],
    "projects facility": [PROJECT, "projects facility PS-01 water --unit wat"],
    "projects schedule": [PROJECT, "projects schedule PS-01 --deadline 2020-12-31 --node 主体=30"],
    "projects baseline": [PROJECT, "projects baseline --document d --effective 2020-07-20"],
    "plan apply": ["plan apply {plan}"],
    "plan amend": ["plan amend raise --goal 5000 --document d --effective 2020-07-20"],
    "calendar deadline": ["calendar deadline Q3 2020-10-15 --document d"],
    "ledger seal": ["ledger seal"],
    "backup": ["backup {folder}/copy.db"],
    "restore": ["backup {folder}/copy.db", "restore {folder}/copy.db --force"],
    "init": ["init --db {folder}/new.db"],
    "demo": ["demo --db {folder}/demo.db"],
}
"""By command that writes: the lines that end with it, on a ledger in which one return stands, on 20 July 2020."""

READS = {
    "status": "status",
    "progress list": "progress list",
    "progress show": "progress show 1",
    "progress template": "progress template -q Q3 -u hsc -o {folder}/form.xlsx",
    "report quarter": "report quarter Q2",
    "report why": "report why Q2",
    "report year": "report year",
    "report unit": "report unit hsc -q Q2",
    "report trend": "report trend raise",
    "units overdue": "units overdue --detail",
    "units list": "units list",
    "units show": "units show hsc",
    "review show": "review show Q2",
    "review list": "review list",
    "review facts": "review facts hsc",
    "slips list": "slips list",
    "slips show": "slips show 1",
    "interviews list": "interviews list",
    "interviews show": "interviews show 1",
    "meetings list": "meetings list",
    "meetings show": "meetings show 1",
    "tasks list": "tasks list",
    "tasks show": "tasks show 1",
    "due": "due --within 100",
    "projects list": "projects list",
    "projects show": "projects show PS-01",
    "projects facilities": "projects facilities",
    "reconcile": "reconcile {projects} --register",
    "plan check": "plan check {plan}",
    "plan show": "plan show raise",
    "plan list": "plan list",
    "plan new": "plan new --from 2020",
    "plan schema": "plan schema",
    "plan diff": "plan diff",
    "calendar dates": "calendar",
    "ledger verify": "ledger verify",
    "ledger log": "ledger log",
    "ledger export": "ledger export",
    "doctor": "doctor",
    "completion": "completion bash",
}
"""By command that only reads: a line of it."""
