"""`anju reconcile`."""

from typing import Annotated

import typer

from anju_cli import lists
from anju_cli.cli import options
from anju_cli.cli.doors import Shown, answers, shown, tell
from anju_cli.cli.root import single
from anju_cli.render.pages.reconciled import reconciled_page
from anju_cli.reports.projects.lists import register_sheet
from anju_cli.reports.view import opened
from anju_cli.store.location import locate, path_of

app = single()

KEY = "项目编码"


@answers(
    app,
    "reconcile",
    example="anju reconcile 公共住房.xlsx 租赁监管.csv 房地产.xlsx --key 项目编码\n"
    "anju reconcile 公共住房.xlsx --register --mapping 列名.yaml -o 差异.csv",
    failing=bool,
)
def reconcile(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Lists in .csv or .xlsx, two to four.")],
    key: Annotated[
        str | None, typer.Option("--key", metavar="COLUMN", help="The column that says which is which; 项目编码.")
    ] = None,
    mapping: Annotated[
        str | None, typer.Option("--mapping", metavar="FILE", help="A YAML file: which column is which.")
    ] = None,
    register: Annotated[bool, typer.Option("--register", help="The project register as one more list.")] = False,
    plan: options.Plan = None,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    db: options.Db = None,
) -> Shown:
    """Compare lists of the same projects: what is missing where, and which figures differ.

    Exit 1 where there is any difference. Columns are the same where their names are; a mapping names others.
    """
    names = lists.read_mapping(path_of(mapping)) if mapping else lists.Mapping()
    by = key or names.key or KEY
    sheets = [lists.read_list(path_of(file), lists.key_names(by, names, place)) for place, file in enumerate(files)]
    if register:
        with opened(locate(db), plan=plan, as_of=as_of, known_at=known_at) as view:
            sheets.append(register_sheet(view))
            tell(view.notes)
    return shown(lists.reconcile(sheets, by, names), reconciled_page)
