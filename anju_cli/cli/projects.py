"""`anju projects`."""

from typing import Annotated, Any

import typer

from anju_cli.cli import completing, options
from anju_cli.cli.doors import Desk, reads, writes
from anju_cli.cli.root import noun
from anju_cli.cli.tools import Tools
from anju_cli.domain.listing import Troubled
from anju_cli.domain.register_fields import PROJECT
from anju_cli.render.pages import projects as pages
from anju_cli.reports.projects import lists as projects
from anju_cli.reports.view import View
from anju_cli.store.location import path_of

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
SubDistrict = Annotated[str | None, typer.Option("--sub-district", metavar="TEXT", help="Where it lies.")]
Builder = Annotated[str | None, typer.Option("--builder", metavar="TEXT", help="Who builds it.")]
Stage = Annotated[
    str | None, typer.Option("--stage", metavar="STAGE", help="From not_started (未开工) to final (竣工).")
]
Carried = Annotated[
    str | None, typer.Option("--carried-from", metavar="YEAR", help="The year it was carried over from.")
]
Slow = Annotated[str | None, typer.Option("--slow", metavar="TEXT", help="Why it is slow.")]
Problem = Annotated[
    str | None, typer.Option("--problem", metavar="TEXT", help="What its problem is; none where empty.")
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
    list[str] | None, typer.Option("--actual", metavar="TARGET=DATE", help="The date it came; repeatable.")
]
Assigned = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="Any field, such as homes or complete.earlier; repeatable."),
]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="From when it is so; default today.")]
Why = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why, where something known is changed.")]
Document = Annotated[str | None, typer.Option("--document", metavar="NUMBER", help="The document it rests on.")]


def _own(given: dict[str, Any]) -> dict[str, str | None]:
    return {name: given[name] for name in PROJECT if given.get(name) is not None}


@writes(
    app,
    "add",
    example='anju projects add PS-01 --name 坪山一期 --homes 400 --way build --target "complete=400@2020-09-30"',
    shown="projects:registered",
)
def add(
    desk: Desk,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Its code: one word, kept for good.")],
    *,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="Its name.")],
    homes: Annotated[str, typer.Option("--homes", metavar="N", help="How many homes it has.")],
    way: Way = None,
    type: Type = None,
    sub_district: SubDistrict = None,
    builder: Builder = None,
    stage: Stage = None,
    carried_from: Carried = None,
    slow: Slow = None,
    problem: Problem = None,
    supplied: Supplied = None,
    target: Target = None,
    on: On = None,
    document: Document = None,
) -> Any:
    """Put a project into the register, with the homes and dates it is planned to bring to targets."""
    said = desk.ledger.projects.Said(_own(locals()), target or ())
    return desk.ledger.projects.add(desk.book, code, said, desk.ledger.projects.Why(desk.who, on, None, document))


@writes(
    app,
    "import",
    example="anju projects import projects.xlsx --dry-run\nanju projects import projects.csv --update --reason 月报",
    shown="projects:registered",
)
def imported(
    desk: Desk,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A .csv or .xlsx with a row per project and target.")],
    *,
    update: Annotated[bool, typer.Option("--update", help="Change projects that are in the register.")] = False,
    on: On = None,
    reason: Why = None,
    document: Document = None,
) -> Any:
    """Put a file's projects into the register. Its columns are found by name; every problem is told at once.

    Columns: 项目编码, 项目名称, 所属街道, 建设单位, 筹建方式, 住房类型, 总套数, 形象进度, 结转年度, 滞后原因, 存在问题,
    入住日期; and for each target 指标, 计划套数, 原计划日期, 预计日期, 实际日期, 以前年度已计.
    """
    ledger = desk.ledger
    sheet = Tools().registers.read_list(path_of(file), ledger.PROJECT_COLUMNS["code"])
    try:
        why = ledger.projects.Why(desk.who, on, reason, document, sheet.file)
        return ledger.import_projects(desk.book, sheet, why, update=update)
    except Troubled as fault:
        for trouble in fault.troubles:
            typer.echo(trouble, err=True)
        raise


@reads(app, "list", example="anju projects list\nanju projects list --slipped", rows="projects:ProjectLine")
def listed(
    view: View,
    sub_district: SubDistrict = None,
    slipped: Annotated[bool, typer.Option("--slipped", help="Those later than planned alone.")] = False,
    problem: Annotated[bool, typer.Option("--problem", help="Problem projects alone.")] = False,
) -> Any:
    """The projects in the register."""
    rows = projects.project_list(view, sub_district=sub_district, slipped=slipped, problem=problem)
    return rows, pages.list_page


@reads(app, "show", example="anju projects show PS-01")
def show(view: View, project: P) -> Any:
    """One project: targets, facilities, schedule, and every change with what was known before."""
    return projects.project_sheet(view, project), pages.sheet_page


@writes(
    app,
    "edit",
    example='anju projects edit PS-01 --current complete=2021-03-31 --reason "主体施工受雨季影响"',
    shown="projects:registered",
)
def edit(
    desk: Desk,
    project: P,
    *,
    reason: options.Reason,
    assigned: Assigned = None,
    current: Current = None,
    actual: Actual = None,
    target: Target = None,
    name: Name = None,
    homes: Homes = None,
    way: Way = None,
    type: Type = None,
    sub_district: SubDistrict = None,
    builder: Builder = None,
    stage: Stage = None,
    carried_from: Carried = None,
    slow: Slow = None,
    problem: Problem = None,
    supplied: Supplied = None,
    on: On = None,
    document: Document = None,
) -> Any:
    """Change what is known of a project. The dates first planned stand; what they are now is kept beside them."""
    ledger = desk.ledger.projects
    said = ledger.Said(_own(locals()), target or (), current or (), actual or (), assigned or ())
    return ledger.edit(desk.book, project, said, ledger.Why(desk.who, on, reason, document))


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
    in_use: Annotated[str | None, typer.Option("--in-use", metavar="DATE", help="Since when it is in use.")] = None,
    not_needed: Annotated[bool, typer.Option("--not-needed", help="The project does without.")] = False,
    on: On = None,
    reason: Why = None,
    document: Document = None,
) -> Any:
    """Record a supporting facility of a project: who answers for it, when it is planned, since when it is in use."""
    ledger = desk.ledger.projects
    needed = "no" if not_needed else None
    stated = {"needed": needed, "unit": unit, "planned": planned, "current": current, "actual": in_use}
    return ledger.facility(desk.book, project, kind, stated, ledger.Why(desk.who, on, reason, document))


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
        str | None, typer.Argument(metavar="[P]", help="Of this project alone.", autocompletion=completing.projects)
    ] = None,
    unit: options.OfUnit = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Those overdue or past their date alone.")] = False,
    milestones: Annotated[
        bool, typer.Option("--milestones", help="What they say of the two milestones of the first quarter.")
    ] = False,
) -> Any:
    """The supporting facilities, and which are not in use though people may have moved in."""
    if milestones:
        return projects.facility_levels(view), pages.levels_page
    return projects.facility_list(view, project, unit=unit, overdue=overdue), pages.facilities_page


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
    deadline: Annotated[str | None, typer.Option("--deadline", metavar="DATE", help="When the last is done.")] = None,
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
) -> Any:
    """Date a project's nodes backwards from its deadline, or record which are finished; projects show has them."""
    ledger = desk.ledger.projects
    why = ledger.Why(desk.who, on, reason, document)
    return ledger.schedule(desk.book, project, deadline, node or (), done or (), why)


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
) -> Any:
    """Make the register's dates as now planned the plan's own, in a revision: what is expected follows them."""
    return desk.ledger.baseline(desk.book, desk.who, document=document, effective=effective)
