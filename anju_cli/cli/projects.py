"""`anju projects`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from anju_cli import ledger, lists
from anju_cli.cli import completing, options
from anju_cli.cli.desk import Desk
from anju_cli.cli.doors import Shown, reads, shown, writes
from anju_cli.cli.root import noun
from anju_cli.render.pages import projects as pages
from anju_cli.reports.projects import lists as projects
from anju_cli.reports.view import View
from anju_cli.store.location import path_of

if TYPE_CHECKING:
    from anju_cli.ledger import Applied
    from anju_cli.ledger.basis import Basis
    from anju_cli.ledger.projects import ReadProjects, Registered

app = noun("The project register: projects, facilities, schedules.")

P = Annotated[
    str,
    typer.Argument(metavar="P", help="Code, name, or part of a name of a project.", autocompletion=completing.projects),
]
Name = Annotated[str | None, typer.Option("--name", metavar="TEXT", help="Its name.")]
Homes = Annotated[str | None, typer.Option("--homes", metavar="N", help="How many homes it has.")]
Way = Annotated[
    str | None, typer.Option("--way", metavar="WAY", help="build (建设), acquire (筹集) or inclusionary (配建).")
]
Type = Annotated[str | None, typer.Option("--type", metavar="TEXT", help="What kind of homes: 公租房, 人才房 …")]
SubDistrict = Annotated[str | None, typer.Option("--sub-district", metavar="TEXT", help="The sub-district it is in.")]
Builder = Annotated[str | None, typer.Option("--builder", metavar="TEXT", help="Who builds it.")]
Stage = Annotated[
    str | None, typer.Option("--stage", metavar="STAGE", help="The stage, from not_started (未开工) to final (竣工).")
]
Carried = Annotated[
    str | None, typer.Option("--carried-from", metavar="YEAR", help="The year it was carried over from.")
]
Slow = Annotated[str | None, typer.Option("--slow", metavar="TEXT", help="Why it is slow.")]
Problem = Annotated[
    str | None, typer.Option("--problem", metavar="TEXT", help="The problem it has; an empty text means none.")
]
Supplied = Annotated[str | None, typer.Option("--supplied", metavar="DATE", help="From when people may move in.")]
Target = Annotated[
    list[str] | None,
    typer.Option("--target", metavar="TARGET=HOMES@DATE", help="What it is planned to bring to a target; repeatable."),
]
Current = Annotated[
    list[str] | None,
    typer.Option("--current", metavar="TARGET=DATE", help="The date as now planned; repeatable."),
]
Actual = Annotated[
    list[str] | None,
    typer.Option("--actual", metavar="TARGET=DATE", help="The date it was really reached; repeatable."),
]
Assigned = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="Any field, such as homes or complete.earlier; repeatable."),
]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day from which it holds; default today.")]
Why = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why, if something recorded is changed.")]
Document = Annotated[str | None, typer.Option("--document", metavar="NUMBER", help="The document it rests on.")]


FIELDS = {
    "name": Name,
    "homes": Homes,
    "way": Way,
    "type": Type,
    "sub_district": SubDistrict,
    "builder": Builder,
    "stage": Stage,
    "carried_from": Carried,
    "slow": Slow,
    "problem": Problem,
    "supplied": Supplied,
}
"""What a project has of its own; `domain.register_fields.PROJECT` says what each takes."""


@writes(
    app,
    "add",
    example='anju projects add PS-01 --name 坪山一期 --homes 400 --way build --target "complete=400@2020-09-30"',
    shown="projects:registered",
    fields=FIELDS,
)
def add(
    desk: Desk,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Its code: one word, kept for good.")],
    fields: dict[str, str],
    *,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="Its name.")],
    homes: Annotated[str, typer.Option("--homes", metavar="N", help="How many homes it has.")],
    target: Target = None,
    on: On = None,
    document: Document = None,
) -> "Registered":
    """Put a project into the register, with the homes and dates it is planned to bring to targets."""
    said = ledger.projects.ProjectStatement({"name": name, "homes": homes, **fields}, target or ())
    return ledger.projects.add(desk.book, code, said, ledger.projects.StatedGrounds(on, None, document))


def _read(*, file: str, on: str | None, **_others: object) -> "Callable[[Basis, int | None], tuple[str, ReadProjects]]":
    sheet, why = lists.read_list(path_of(file), ledger.projects.COLUMNS["code"]), ledger.projects.StatedGrounds(on)
    return lambda basis, _quarter: (sheet.file, ledger.projects.read_projects(basis, sheet, why))


@writes(
    app,
    "import",
    example="anju projects import projects.xlsx --dry-run\nanju projects import projects.csv --update --reason 月报",
    shown="projects:registered",
    ahead=_read,
)
def imported(
    desk: Desk,
    ready: "tuple[str, ReadProjects]",
    file: Annotated[str, typer.Argument(metavar="FILE", help="A .csv or .xlsx with a row per project and target.")],
    *,
    update: Annotated[bool, typer.Option("--update", help="Change projects that are in the register.")] = False,
    on: On = None,
    reason: Why = None,
    document: Document = None,
) -> "Registered":
    """Put a file's projects into the register. Its columns are found by name; every problem is told at once.

    Columns: 项目编码, 项目名称, 所属街道, 建设单位, 筹建方式, 住房类型, 总套数, 形象进度, 结转年度, 滞后原因, 存在问题,
    入住日期; and for each target 指标, 计划套数, 原计划日期, 预计日期, 实际日期, 以前年度已计.
    """
    name, projects = ready
    why = ledger.projects.StatedGrounds(on, reason, document, name)
    return ledger.projects.import_projects(desk.book, projects, why, update=update)


@reads(app, "list", example="anju projects list\nanju projects list --slipped", rows="projects:ProjectLine")
def listed(
    view: View,
    sub_district: SubDistrict = None,
    slipped: Annotated[bool, typer.Option("--slipped", help="Only projects later than planned.")] = False,
    problem: Annotated[bool, typer.Option("--problem", help="Only projects with a problem.")] = False,
) -> Shown:
    """The projects in the register."""
    rows = projects.project_list(view, sub_district=sub_district, slipped=slipped, problem=problem)
    return shown(rows, pages.list_page)


@reads(app, "show", example="anju projects show PS-01")
def show(view: View, project: P) -> Shown:
    """One project: targets, facilities, schedule, and every change with what was known before."""
    return shown(projects.project_sheet(view, project), pages.sheet_page)


@writes(
    app,
    "edit",
    example='anju projects edit PS-01 --current complete=2021-03-31 --reason "主体施工受雨季影响"',
    shown="projects:registered",
    fields=FIELDS,
)
def edit(
    desk: Desk,
    project: P,
    fields: dict[str, str],
    *,
    reason: options.Reason,
    assigned: Assigned = None,
    current: Current = None,
    actual: Actual = None,
    target: Target = None,
    on: On = None,
    document: Document = None,
) -> "Registered":
    """Change what is known of a project. The dates first planned stand; what they are now is kept beside them."""
    said = ledger.projects.ProjectStatement(fields, target or (), current or (), actual or (), assigned or ())
    return ledger.projects.edit(desk.book, project, said, ledger.projects.StatedGrounds(on, reason, document))


@writes(
    app,
    "withdraw",
    example='anju projects withdraw PS-01 --reason "recorded twice"',
    shown="projects:registered",
)
def withdraw(
    desk: Desk, project: P, *, reason: options.Reason, on: On = None, document: Document = None
) -> "Registered":
    """Take a project that was recorded wrongly out of the register. What was recorded of it stays in its history."""
    return ledger.projects.withdraw(desk.book, project, ledger.projects.StatedGrounds(on, reason, document))


@writes(
    app,
    "facility",
    example="anju projects facility PS-01 water --unit wat --planned 2020-08-31\n"
    "anju projects facility PS-01 供水 --in-use 2020-08-20",
    shown="projects:registered",
)
def facility(
    desk: Desk,
    project: P,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help="water, power, gas, road, bus; education, culture, health, commerce; or in Chinese."
        ),
    ],
    *,
    unit: Annotated[str | None, typer.Option("--unit", "-u", metavar="BODY", help="Who answers for it.")] = None,
    planned: Annotated[str | None, typer.Option("--planned", metavar="DATE", help="When it is planned for.")] = None,
    current: Annotated[
        str | None, typer.Option("--current", metavar="DATE", help="When it is planned for now.")
    ] = None,
    in_use: Annotated[str | None, typer.Option("--in-use", metavar="DATE", help="The day it came into use.")] = None,
    not_needed: Annotated[bool, typer.Option("--not-needed", help="The project does not need it.")] = False,
    on: On = None,
    reason: Why = None,
    document: Document = None,
) -> "Registered":
    """Record a supporting facility of a project: who answers for it, when it is planned, since when it is in use."""
    needed = "no" if not_needed else None
    stated = {"needed": needed, "unit": unit, "planned": planned, "current": current, "actual": in_use}
    return ledger.projects.facility(
        desk.book, project, kind, stated, ledger.projects.StatedGrounds(on, reason, document)
    )


@reads(
    app,
    "facilities",
    example="anju projects facilities --overdue\nanju projects facilities --milestones",
    rows="projects:FacilityLine",
    exit_code=True,
)
def facilities(
    view: View,
    project: Annotated[
        str | None, typer.Argument(metavar="[P]", help="Only this project.", autocompletion=completing.projects)
    ] = None,
    unit: options.OfUnit = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only facilities that are overdue or past their date.")
    ] = False,
    milestones: Annotated[
        bool, typer.Option("--milestones", help="What they say of the two milestones of the first quarter.")
    ] = False,
) -> Shown:
    """The supporting facilities, and which are not in use though people may have moved in."""
    if milestones:
        return shown(projects.facility_levels(view), pages.levels_page)
    return shown(projects.facility_list(view, project, unit=unit, overdue=overdue), pages.facilities_page)


@writes(
    app,
    "schedule",
    example="anju projects schedule PS-01 --deadline 2020-12-31 --node 主体施工=150 --node 竣工验收=45\n"
    "anju projects schedule PS-01 --done 主体施工=2020-06-10",
    shown="projects:registered",
)
def schedule(
    desk: Desk,
    project: P,
    *,
    deadline: Annotated[
        str | None, typer.Option("--deadline", metavar="DATE", help="The deadline of the last node.")
    ] = None,
    node: Annotated[
        list[str] | None,
        typer.Option("--node", metavar="NAME=DAYS", help="A node and the days it takes, first to last; repeatable."),
    ] = None,
    done: Annotated[
        list[str] | None, typer.Option("--done", metavar="NODE=DATE", help="A node that is finished; repeatable.")
    ] = None,
    on: On = None,
    reason: Why = None,
    document: Document = None,
) -> "Registered":
    """Date a project's nodes backwards from its deadline, or record which are finished; projects show has them."""
    why = ledger.projects.StatedGrounds(on, reason, document)
    return ledger.projects.schedule(desk.book, project, deadline, node or (), done or (), why)


@writes(
    app,
    "baseline",
    example="anju projects baseline --document 坪安居办〔2020〕12号 --effective 2020-10-08",
    shown="ledger:applied",
)
def baseline(
    desk: Desk,
    *,
    document: Annotated[str, typer.Option("--document", metavar="NUMBER", help="The document that orders it.")],
    effective: Annotated[str, typer.Option("--effective", metavar="DATE", help="The date from which it holds.")],
) -> "Applied":
    """Make the register's dates as now planned the plan's own, in a revision: what is expected follows them."""
    return ledger.baseline(desk.book, document=document, effective=effective)
