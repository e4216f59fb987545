"""Next year's plan file, begun from this year's: units, duties and rules as they stand, and what is still open.

A goal or a date is never carried over as if the new document stated it: that document must.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date

from anju_cli.domain.grammar import printable
from anju_cli.domain.items import Item
from anju_cli.domain.matters import DATED, Matter
from anju_cli.domain.plan import Body, Plan, Unit
from anju_cli.domain.projects import fold
from anju_cli.domain.quarters import DAY, LONGEST, Quarters, month_after, quarters_of
from anju_cli.domain.rates import measured
from anju_cli.reports.figures import at_today
from anju_cli.reports.matters import matters
from anju_cli.reports.view import View
from anju_cli.store.project_queries import changes, project_sums
from anju_cli.store.queries import has_projects

CARRIED = ("slip", *DATED)
KINDS = {"slip": "督办单", "resolution": "议定事项", "task": "交办事项", "commitment": "整改承诺"}


def next_year(view: View) -> str:
    """The text of a plan file for the year after, in YAML; `anju plan check` passes it."""
    figures = at_today(view)
    plan, year = figures.plan, figures.plan.year + 1
    ends = _after(figures.plan.quarters).ends
    done = {milestone.item.id for milestone in figures.milestones if milestone.done_on}
    still = [each for each in matters(view, figures.as_of) if each.kind in CARRIED and each.is_open]
    milestones = [item for item in plan.milestones() if item.id not in done]
    lines = [
        f"# {year}年度方案草稿，由{plan.id}（{figures.as_of}）结转：目标数、时限一律待新方案明确，条款依据请逐条核对。",
        f"# A draft for {year}, carried over from {plan.id} as of {figures.as_of}. Goals and dates are left to the new",
        "# document; clauses are last year's and need checking. Then: anju plan check FILE, anju plan apply FILE",
        "",
        *_head(plan, year),
        *_settings(plan),
        "",
        "units:",
        *(line for unit in plan.units for line in _unit(unit)),
        *_section("bodies", (line for body in plan.bodies for line in _body(body, "  "))),
        *_section("targets", (line for item in plan.targets() for line in _target(plan, item, ends))),
        *_section(
            "milestones",
            [
                *(line for item in milestones for line in _milestone(item, plan.year)),
                *(line for matter in still for line in _matter(plan, matter)),
            ],
        ),
        *_section("duties", (line for item in plan.items if item.kind == "duty" for line in _duty(item))),
        *_section(
            "rules", (line for rule in plan.rules for line in _rule(rule.id, rule.name, rule.name_en, rule.clause))
        ),
        *_section("projects", _projects(view, plan, figures.as_of)),
    ]
    return "\n".join(map(printable, lines)) + "\n"


def _projects(view: View, plan: Plan, as_of: date) -> Iterator[str]:
    """The unfinished projects of the register: what each has still to bring, by when as things stand."""
    if not has_projects(view.connection, view.id):
        return
    sums = project_sums(view.connection, view.id, until=as_of.isoformat(), upto=view.upto)
    for project in fold(changes(view.connection, view.id, view.known_at), as_of).values():
        still = []
        for course in project.courses:
            left = (course.homes or 0) - course.earlier - sums.get((project.code, course.target), 0)
            if course.actual is None and left > 0 and course.target in plan.by_id:
                still.append((course.target, left, course.coming))
        dated = [(target, left, day) for target, left, day in still if day and day > plan.quarters.ends]
        for target, left, _day in (each for each in still if each not in dated):
            yield f"  # {project.code} {_plain(project.name)}：{target}尚余{left}套，需定{plan.year + 1}年的日期"
        if dated:
            yield f"  - code: {_quoted(project.code)}"
            yield f"    name: {_quoted(project.name)}"
            yield "    planned:"
            yield from (f"      - {{target: {target}, homes: {left}, date: {day}}}" for target, left, day in dated)


def _plain(text: str) -> str:
    """A text as it may stand in a comment."""
    return " ".join(text.split())


def _head(plan: Plan, year: int) -> list[str]:
    id, quarters = _a_year_on(plan.id, plan), _after(plan.quarters)
    return [
        "plan:",
        f"  id: {id if id != plan.id else f'{plan.id}-{year}'}",
        f"  year: {year}",
        *([f"  starts: {quarters.own_start}"] if quarters.own_start else []),
        *([f"  ends: {quarters.own_end}"] if quarters.own_end else []),
        f"  region: {_names(plan.region, plan.region_en)}",
        f"  title: {_names(_a_year_on(plan.title, plan), _a_year_on(plan.title_en, plan))}",
        f"  issuer: {_names(plan.issuer, plan.issuer_en)}",
        "  based_on: []   # 待填",
        "  issued_on: null",
    ]


def _after(quarters: Quarters) -> Quarters:
    """The same months, a year on."""
    first, last = (month_after(day, LONGEST) for day in (quarters.starts, quarters.ends + DAY))
    return quarters_of(quarters.year + 1, first, last - DAY)


def _a_year_on(text: str, plan: Plan) -> str:
    """A text with the years of the plan one later, all of them at once: 2019-2020 is 2020-2021."""
    years = "|".join(map(str, sorted(plan.quarters.calendar_years)))
    return re.sub(rf"({years})([-/–—]\d\d(?!\d))?", _one_later, text)


def _one_later(years: re.Match[str]) -> str:
    """A year, or one with the two digits of the next, as 2019/20."""
    later, two = int(years[1]) + 1, years[2]
    if two is None or int(two[1:]) != later % 100:
        return f"{later}{two or ''}"
    return f"{later}{two[0]}{(later + 1) % 100:02}"


def _settings(plan: Plan) -> list[str]:
    kept, why = plan.settings, plan.settings.inferred

    def reason(name: str) -> str:
        return f", inferred: {_quoted(why[name])}" if name in why else ""

    window = f"from_day: {kept.review_from}, to_day: {kept.review_to}"
    window += f", bulletin_working_days: {kept.bulletin_working_days}"
    window += f", grades: {_list(kept.grades)}" if kept.grades else ""
    month = f", month: {kept.return_month}" if kept.return_month != 1 else ""
    lights = f"yellow_below: {kept.yellow_below}, red_below: {kept.red_below}"
    return [
        "settings:",
        f"  return_deadline: {{day: {kept.return_day}{month}{reason('return_deadline')}}}",
        f"  review: {{{window}{reason('review')}}}",
        f"  lights: {{{lights}{reason('lights')}}}",
    ]


def _section(name: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    if all(line.lstrip().startswith("#") for line in found):  # nothing but remarks: no section
        return ["", *(line.lstrip() for line in found)] if found else []
    return ["", f"{name}:", *found]


def _unit(unit: Unit) -> Iterator[str]:
    yield from _body(Body(unit.id, unit.name, unit.name_en, unit.aliases), "  ")
    if unit.members:
        yield "    members:"
        for member in unit.members:
            yield from _body(member, "      ")


def _body(body: Body, indent: str) -> Iterator[str]:
    yield f"{indent}- id: {body.id}"
    yield f"{indent}  name: {_names(body.name, body.name_en)}"
    if body.aliases:
        yield f"{indent}  aliases: {_list(map(_quoted, body.aliases))}"


def _target(plan: Plan, item: Item, ends: date) -> Iterator[str]:
    """A target without its goal: what it was stands beside it; one due at the year's end is due at that of the next."""
    yield from _item(item, item.measure if not item.derived else "")
    was = f"   # 上年目标 {measured(item.goal, item.decimals)}，待新方案明确" if item.goal is not None else ""
    if item.allocations:
        was += "，上年分解：" + "、".join(
            f"{body} {measured(part, item.decimals)}" for body, part in item.allocations.items()
        )
    whole = plan.by_id.get(item.parent or item.within or "")
    year_end = item.due == plan.quarters.ends
    if whole is None:
        yield f"    due: {ends if year_end else 'undated'}{was}"
        even = item.pace == "even" and year_end and not item.at_most  # a ceiling has it by its baseline alone
        yield f"    pace: {item.pace if item.pace in ('year_end', 'none') or even else 'none'}"
        if item.at_most:
            yield f"    direction: {item.direction}"
    else:
        yield f"    {'parent' if item.parent else 'within'}: {whole.id}{was}"
    if item.decimals:
        yield f"    decimals: {item.decimals}"
    if item.level:
        yield "    level: true"
    if item.signed:
        yield "    signed: true"
    if item.baseline:
        yield f"    # 上年基数 {measured(item.baseline.value, item.decimals)}（{item.baseline.on}），待新方案明确"
    if item.derived:
        yield f"    ratio: {{of: {item.ratio_of}, to: {item.ratio_to}}}"
    if item.reported_by != "each":
        yield f"    reported_by: {item.reported_by}"
    yield from _inferred(item, ("lead", "assist", "measure", "counting", "pace", "due"))


def _milestone(item: Item, year: int) -> Iterator[str]:
    yield from _item(item, item.measure)
    yield "    due: undated" + (f"   # {year}年未完成，原定{item.due}" if item.due else "")
    if item.each:
        yield "    each: true"
    if item.reporting != "quantity":
        yield f"    reporting: {item.reporting}"
    yield from _inferred(item, ("lead", "assist", "measure", "counting"))


def _duty(item: Item) -> Iterator[str]:
    yield from _item(item, item.measure)
    if item.through:
        yield f"    through: {item.through}"
    elif item.reporting:
        yield f"    reporting: {item.reporting}"
    if item.each:
        yield "    each: true"
    if item.decimals:
        yield f"    decimals: {item.decimals}"
    if item.due:
        yield f"    # 上年时限 {item.due}"
    yield from _inferred(item, (name for name in item.inferred if name != "due"))


def _matter(plan: Plan, matter: Matter) -> Iterator[str]:
    """An open slip, task, resolution or commitment, kept by the office under its date as it stands."""
    name = f"结转{plan.year}年{KINDS[matter.kind]}{matter.ref}：{matter.about}"
    yield f"  - id: carried-{plan.year}-{matter.ref.lower()}"
    yield f"    name: {_quoted(name)}"
    yield f"    lead: {_list(matter.units)}"
    yield f"    due: {matter.due or 'undated'}"
    yield "    reporting: register"


def _rule(id: str, name: str, name_en: str, clause: tuple[str, str, str]) -> Iterator[str]:
    yield f"  - id: {id}"
    yield f"    name: {_names(name, name_en)}"
    yield from _clause(clause)


def _item(item: Item, measure: str) -> Iterator[str]:
    """What every item has, but its date and goal."""
    yield f"  - id: {item.id}"
    yield f"    name: {_names(item.name, item.name_en)}"
    if item.aliases:
        yield f"    aliases: {_list(map(_quoted, item.aliases))}"
    if item.clause:
        yield from _clause(item.clause)
    yield f"    lead: {'all' if item.everyone else _list(item.lead)}"
    if item.assist:
        yield f"    assist: {_list(item.assist)}"
    if item.leader:
        yield f"    leader: {_names(item.leader, item.leader_en)}"
    if item.weight is not None:
        yield f"    # 上年权重 {item.weight}，待新方案明确"
    if measure:
        yield f"    measure: {_quoted(measure)}"
    if item.counting:
        yield f"    counting: {_quoted(item.counting)}"
    if item.note:
        yield f"    note: {_quoted(item.note)}"


def _clause(clause: tuple[str, str, str]) -> Iterator[str]:
    id, place, quote = clause
    yield f"    clause: {{id: {id}, place: {_quoted(place)}, quote: {_quoted(quote)}}}"


def _inferred(item: Item, names: Iterable[str]) -> Iterator[str]:
    """Why something was inferred, as far as it is carried over."""
    kept = [f"{name}: {_quoted(item.inferred[name])}" for name in names if name in item.inferred]
    if kept:
        yield f"    inferred: {{{', '.join(kept)}}}"


def _names(name: str, name_en: str) -> str:
    return f"{{zh: {_quoted(name)}, en: {_quoted(name_en)}}}"


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(words)}]"


def _quoted(text: str) -> str:
    """A text between quotation marks, as YAML and JSON both read it."""
    return json.dumps(printable(text), ensure_ascii=False)
