"""Every date option has a day it cannot precede: a date without its year is the first such day from there on, and is echoed."""

from datetime import date

import pytest

from anju_cli.domain.grammar import parse_date
from anju_cli.errors import Unclear
from tests.conftest import EXAMPLE, prepared
from tests.every_command import leaves

TODAY = "2021-01-20"
DECEMBER = {"today": "2020-12-20"}


@prepared
def december(office):
    """On 20 December 2020 something of everything that has dates was begun; the third quarter was assessed."""
    office("projects add PS-01 --name 一期 --homes 400 --target complete=400@2020-09-30", **DECEMBER)
    office("projects schedule PS-01 --deadline 2021-06-30 --node 主体=30 --node 验收=10", **DECEMBER)
    office("slips issue ms-q1-survey --due 2021-01-10", **DECEMBER)
    office("tasks assign 清单 --source 会议 --unit hcb --due 2021-01-10", **DECEMBER)
    office("meetings add 第四次会议 --on 2020-12-20 --chair 组长", **DECEMBER)
    office("meetings attend 1 hsc tal", **DECEMBER)
    office("meetings add 第五次会议 --on 2021-01-04 --chair 组长", **DECEMBER)
    office("progress add raise 9 --unit hsc --on 12-1", **DECEMBER)
    office("review open Q3", **DECEMBER)
    office("review lock Q3", **DECEMBER)
    office("review result hsc not-met", **DECEMBER)
    office("review result tal not-met", **DECEMBER)
    office("review result hcb not-met", **DECEMBER)
    office("review result all met", **DECEMBER)
    office("interviews propose Q3", **DECEMBER)
    office("interviews approve 2 --document d", **DECEMBER)
    office("interviews approve 3 --document d", **DECEMBER)
    office("interviews hold 2 --on 2020-12-20", **DECEMBER)
    office("interviews commit 2 赶上 --due 2021-01-10 --on 2020-12-20", **DECEMBER)
    office("plan amend raise --goal 5000 --document d --effective 2020-08-01", **DECEMBER)
    return office


@prepared
def closed(december):
    """The assessment of the third quarter has ended."""
    december("review close Q3 --on 2021-01-18 --document d", today=TODAY)
    return december


ISSUE = "--number n --to t"
CASES = {
    # progress: work of the plan's year; received not before it was done, or before the quarter that it is a return for
    "progress add --on": [("progress add supply 5 --unit hsc --on 12-28 --dry-run", "2020-12-28")],
    "progress add --received": [
        ("progress add raise 5 --unit hsc --on 12-28 --received 1-8 --dry-run", "2021-01-08"),
        ("progress add supply 5 --unit hsc -q Q4 --received 1-8 --dry-run", "2021-01-08"),
        ("progress add supply 5 --unit hsc -q Q4 --received 10-8 --dry-run", "2020-10-08"),
    ],
    "progress reduce --on": [("progress reduce raise 1 --unit hsc --reason r --on 12-28 --dry-run", "2020-12-28")],
    "progress reduce --received": [
        ("progress reduce raise 1 --unit hsc --reason r --on 12-28 --received 1-8 --dry-run", "2021-01-08")
    ],
    "progress import --received": [("progress import {return} -u hsc -q Q4 --received 1-8 --dry-run", "2021-01-08")],
    # a report as of a day of the plan's year, or of a day from the beginning of its quarter
    "report quarter --as-of": [("report quarter Q4 --as-of 1-14", "2021-01-14")],
    "report why --as-of": [("report why Q3 raise --as-of 1-14", "2021-01-14")],
    "report unit --as-of": [("report unit hsc -q Q4 --as-of 1-14", "2021-01-14")],
    # a paper is not issued before its quarter has ended, and nothing is to be remedied before it is issued
    "report quarter --issued": [(f"report quarter Q3 {ISSUE} --issued 1-19 -o {{paper}}", "2021-01-19")],
    "report quarter --remedy-by": [
        (f"report quarter Q3 {ISSUE} --remedy-by 1-10 -o {{paper}}", "2021-01-10"),
        (f"report quarter Q3 {ISSUE} --issued 1-19 --remedy-by 1-10 -o {{paper}}", "2022-01-10"),
    ],
    # a review ends after its quarter, its bulletin comes after its end
    "review close --on": [("review close Q3 --on 1-15 --document d --dry-run", "2021-01-15")],
    "review bulletin --on": [("review bulletin Q3 --number n --recipients r --on 1-19 --dry-run", "2021-01-19")],
    "calendar deadline day": [("calendar deadline Q1 4-20 --document d --dry-run", "2020-04-20")],
    # an event of a matter: not before the matter; what is due: after the day it is asked for
    "slips issue --on": [("slips issue raise --unit hsc --due 2021-03-01 --on 12-28", "2020-12-28")],
    "slips issue --due": [
        ("slips issue raise --unit hsc --due 1-31", "2021-01-31"),
        ("slips issue raise --unit hsc --due 1-10", "2022-01-10"),
    ],
    "slips acknowledge --on": [("slips acknowledge 1 --on 1-5", "2021-01-05")],
    "slips extend --on": [("slips extend 1 --due 2021-02-01 --reason r --on 1-5", "2021-01-05")],
    "slips extend --due": [("slips extend 1 --due 2-1 --reason r", "2021-02-01")],
    "slips close --on": [("slips close 1 --note n --on 1-5", "2021-01-05")],
    "slips cancel --on": [("slips cancel 1 --reason r --on 1-5", "2021-01-05")],
    "interviews approve --on": [("interviews approve 1 --document d --on 1-5", "2021-01-05")],
    "interviews drop --on": [("interviews drop 1 --reason r --on 1-5", "2021-01-05")],
    "interviews hold --on": [("interviews hold 3 --on 1-5", "2021-01-05")],
    "interviews commit --on": [("interviews commit 2 x --due 2021-03-01 --on 1-5", "2021-01-05")],
    "interviews commit --due": [("interviews commit 2 x --due 2-1", "2021-02-01")],
    "interviews extend --on": [("interviews extend C1 --due 2021-02-01 --reason r --on 1-5", "2021-01-05")],
    "interviews extend --due": [("interviews extend C1 --due 2-1 --reason r", "2021-02-01")],
    "interviews close --on": [("interviews close C1 --note n --on 1-5", "2021-01-05")],
    "interviews cancel --on": [("interviews cancel C1 --reason r --on 1-5", "2021-01-05")],
    "meetings add --on": [("meetings add 会 --on 12-29 --chair 组长", "2020-12-29")],
    "meetings topics --on": [("meetings topics 2 x --unit hsc --on 12-10", "2020-12-10")],
    "meetings attend --on": [("meetings attend 2 hsc --on 1-5", "2021-01-05")],
    "meetings resolve --due": [("meetings resolve 1 x --unit hsc --due 1-31", "2021-01-31")],
    "meetings minutes --on": [("meetings minutes 1 --agreed hsc --on 1-5", "2021-01-05")],
    "meetings cancel --on": [("meetings cancel 2 --reason r --on 1-5", "2021-01-05")],
    "tasks assign --on": [("tasks assign x --source 会议 --unit hsc --due 2021-03-01 --on 12-28", "2020-12-28")],
    "tasks assign --due": [("tasks assign x --source 会议 --unit hsc --due 1-31", "2021-01-31")],
    "tasks extend --on": [("tasks extend 1 --due 2021-02-01 --reason r --on 1-5", "2021-01-05")],
    "tasks extend --due": [("tasks extend 1 --due 2-1 --reason r", "2021-02-01")],
    "tasks close --on": [("tasks close 1 --note n --on 1-5", "2021-01-05")],
    "tasks cancel --on": [("tasks cancel 1 --reason r --on 1-5", "2021-01-05")],
    "units record --on": [("units record hsc team --document d --on 12-28", "2020-12-28")],
    # projects: what was planned first or has come lies in the plan's year, what is planned now is still to come
    "projects add --target": [("projects add X --name x --homes 5 --target raise=5@9-30", "2020-09-30")],
    "projects add --supplied": [("projects add X --name x --homes 5 --supplied 11-30", "2020-11-30")],
    "projects add --on": [("projects add X --name x --homes 5 --on 12-28", "2020-12-28")],
    "projects import --on": [("projects import {projects} --on 12-28", "2020-12-28")],
    "projects edit --set": [
        ("projects edit PS-01 --reason r --set complete.current=3-31", "2021-03-31"),
        ("projects edit PS-01 --reason r --set complete.actual=12-3", "2020-12-03"),
    ],
    "projects edit --current": [
        ("projects edit PS-01 --reason r --current complete=3-31", "2021-03-31"),
        ("projects edit PS-01 --reason r --current complete=12-28 --on 12-22", "2020-12-28"),
    ],
    "projects edit --actual": [("projects edit PS-01 --reason r --actual complete=12-3", "2020-12-03")],
    "projects edit --target": [("projects edit PS-01 --reason r --target raise=5@9-30", "2020-09-30")],
    "projects edit --supplied": [("projects edit PS-01 --reason r --supplied 12-3", "2020-12-03")],
    "projects edit --on": [("projects edit PS-01 --reason r --stage 封顶 --on 12-28", "2020-12-28")],
    "projects withdraw --on": [("projects withdraw PS-01 --reason r --on 12-28", "2020-12-28")],
    "projects facility --planned": [("projects facility PS-01 water --planned 9-30", "2020-09-30")],
    "projects facility --current": [("projects facility PS-01 water --current 3-31", "2021-03-31")],
    "projects facility --in-use": [("projects facility PS-01 water --in-use 12-3", "2020-12-03")],
    "projects facility --on": [("projects facility PS-01 water --unit wat --on 12-28", "2020-12-28")],
    "projects schedule --deadline": [("projects schedule PS-01 --deadline 6-20 --reason r", "2021-06-20")],
    "projects schedule --done": [("projects schedule PS-01 --done 主体=12-3", "2020-12-03")],
    "projects schedule --on": [("projects schedule PS-01 --deadline 2021-06-20 --reason r --on 12-28", "2020-12-28")],
    # an adjustment: not before the one that it builds on; a date that it sets: not before it holds
    "projects baseline --effective": [("projects baseline --document d --effective 10-8", "2020-10-08")],
    "plan apply --effective": [("plan apply {plan} --document d --effective 2-1", "2020-02-01")],
    "plan amend --effective": [
        ("plan amend raise --goal 5100 --document d --effective 10-8", "2020-10-08"),
        ("plan amend raise --goal 5100 --document d --effective 1-8", "2021-01-08"),
    ],
    "plan amend --due": [("plan amend ms-q1-survey --due 1-31 --document d --effective 10-8", "2021-01-31")],
}  # fmt: skip
"""By option: what is typed, and the day that is meant."""


def options():
    """Every option or argument of every command that takes a date, or a field that may be one."""
    for command, parameters in leaves():
        for parameter in parameters:
            if any(word in (parameter.metavar or "") for word in ("DATE", "FIELD=VALUE")):
                yield f"{command} {parameter.opts[0]}"


# As of a day of the plan's year, or the first day that it may be.
AS_OF = {
    option: [(f"{option.removesuffix(' --as-of')} {what} --as-of 12-30", "2020-12-30")]
    for option in options()
    if option.endswith(" --as-of") and option not in CASES
    for what in [{
        "units show": "hsc", "review show": "Q3", "review facts": "hsc", "report trend": "raise", "slips show": "1",
        "interviews show": "1", "meetings show": "1", "tasks show": "1", "projects show": "PS-01", "plan show": "raise",
        "reconcile": "{projects} --register",
    }.get(option.removesuffix(" --as-of"), "")]
}  # fmt: skip


def test_every_option_that_takes_a_date_has_a_day_it_cannot_precede():
    assert set(options()) == set(CASES | AS_OF)


@pytest.mark.parametrize(
    ("option", "line", "day"),
    [pytest.param(option, *case, id=" ".join(case)) for option, cases in (CASES | AS_OF).items() for case in cases],
)
def test_a_short_date_is_the_first_such_day_from_there_on_and_is_echoed(request, tmp_path, option, line, day):
    run = request.getfixturevalue("closed" if option == "review bulletin --on" else "december")
    files = {"return": tmp_path / "r.csv", "projects": tmp_path / "p.csv", "plan": tmp_path / "p.yaml"}
    files["paper"] = tmp_path / "paper.docx"
    files["return"].write_text("任务编号,本期完成\nsupply,5\n", encoding="utf-8")
    files["projects"].write_text("项目编码,项目名称,总套数\nX,x,5\n", encoding="utf-8")
    text = EXAMPLE.read_text(encoding="utf-8")
    files["plan"].write_text(text, encoding="utf-8")
    heard = run(line.format(**files), today=TODAY, code=None)
    assert heard.code == (option == "reconcile --as-of") and day in heard.out + heard.err, heard


@pytest.mark.parametrize(
    ("quarter", "column", "typed", "day"),
    [
        pytest.param("Q4", "预计完成日期", "3-31", "2021-03-31", id="what is expected comes after the quarter"),
        pytest.param("Q2", "预计完成日期", "9月30日", "2020-09-30", id="be it in the same year"),
        pytest.param("Q2", "预计完成日期", "6-30", "2020-06-30", id="or on its last day"),
        pytest.param("Q4", "预计完成日期", "2020-12-20", "2020-12-20", id="with its year it is taken as it stands"),
        pytest.param("Q2", "完成日期", "5-20", "2020-05-20", id="what is done lies in the year"),
    ],
)
def test_a_short_date_in_a_cell_of_a_return_is_read_alike(office, tmp_path, quarter, column, typed, day):
    file = tmp_path / "r.csv"
    level = "100%" if column == "完成日期" else "60%"
    file.write_text(f"任务编号,本期完成,进展情况,{column}\nms-q1-survey,{level},x,{typed}\n", encoding="utf-8")
    office(f"progress import {file} -u hsc -q {quarter} --received 2021-01-08", today=TODAY)
    (entry,) = office("progress list --json", today=TODAY).json
    assert day in (entry["on"], entry["note"].partition("：")[2])


@pytest.mark.parametrize(
    ("typed", "not_before", "day"),
    [
        ("2-29", date(2020, 1, 1), date(2020, 2, 29)),
        ("2-29", date(2019, 6, 1), date(2020, 2, 29)),
        ("12-31", date(2020, 12, 31), date(2020, 12, 31)),
        ("12-30", date(2020, 12, 31), date(2021, 12, 30)),
        ("2020-01-01", date(2020, 12, 31), date(2020, 1, 1)),
    ],
)
def test_the_first_such_day_may_lie_in_the_next_year(typed, not_before, day):
    assert parse_date(typed, today=date(2020, 7, 15), not_before=not_before) == day


@pytest.mark.parametrize("typed", ["2-29", "2-30", "13-1"])
def test_a_day_that_neither_year_has_is_refused(typed):
    with pytest.raises(Unclear):
        parse_date(typed, today=date(2020, 7, 15), not_before=date(2020, 3, 1))
