"""The text of the bulletin: the template that is shipped or the office's own, filled by what the dossier holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, TemplateError

from anju_cli import outlet
from anju_cli.domain.grammar import printable
from anju_cli.domain.quarters import quarters_of
from anju_cli.errors import Unavailable, Unclear
from anju_cli.i18n import _, speaking, why
from anju_cli.render.templating import bounded, prose, shipped
from anju_cli.render.wording import papers as wording
from anju_cli.render.wording import quarters as naming
from anju_cli.render.wording.quotas import larger_than_whole
from anju_cli.render.wording.speech import Speech, speech_of

if TYPE_CHECKING:
    from anju_cli.render.paper import Paper
    from anju_cli.reports.answers.quarter import QuarterReport
    from anju_cli.reports.answers.rows import Milestone, Target
    from anju_cli.reports.quarter.material import Adjustment, BodyReturn, QuarterDossier, Ratio

KINDS = ("文号", "标题", "稿别", "主送", "一级", "附件", "署名", "日期", "抄送", "印发")
CAME = ("reported", "late_return")
LARGEST = 1_000_000
"""No template is larger than this, in bytes."""
_LINE = re.compile(rf"\[({'|'.join(KINDS)})\]\s*(.*)")


class Paragraph(NamedTuple):
    """A paragraph and its place in the layout: one of KINDS, or 正文."""

    kind: str
    text: str


class Adjusted(NamedTuple):
    """A target whose goal was changed, and the changes."""

    name: str
    target: Target
    steps: tuple[Adjustment, ...]


class Behind(NamedTuple):
    """A target that is behind, or that has parts that are."""

    name: str
    target: Target
    parts: tuple[Target, ...]


@dataclass(frozen=True)
class BulletinWords:
    """What a template may speak of, by the names that it uses; docs/template.md is made of it."""

    report: QuarterReport
    """The report on the quarter, as `anju report quarter Q2 --json` shows it."""
    d: QuarterDossier
    """What stands behind the report."""
    paper: Paper
    """What was said of the paper on the command line."""
    sections: Callable[[], str]
    """The next number of a section: 一、 and so on."""
    points: Callable[[], str]
    """The next number of a point in a section: （一） and so on."""
    quarters: Mapping[str, str]
    """The name of a quarter by its code: 第一季度 and so on."""
    year_ends: date
    """The last day of the plan's year: a goal due after it is no annual one."""
    subject: str
    """What the plan is about, of its title: 坪山区2020年度安居工程."""
    shortened: str
    """The first character of the region, as it stands in a document number."""
    place: str
    group: str
    """What the paper calls whoever leads the work: 领导小组."""
    office: str
    """The office that works for them, in short."""
    signed: str
    """That office by its whole name."""
    issue_year: int
    """Of the paper: a bulletin on the last quarter is of the next year."""
    """The name of the region without its rank: 坪山."""
    review_from: date
    """The day on which the assessment began; until it is closed, that of the plan's window."""
    review_to: date
    """The day on which it ended."""
    leading: list[Target]
    """The targets that a paragraph is written on each."""
    inside: dict[str, list[Target]]
    """The sub-quotas and children of a target: 其中."""
    above: dict[str, list[Target]]
    """The sub-quotas that count more than the target they are part of."""
    ratios: dict[str, Ratio]
    """By the target that is the part of the whole."""
    rates: dict[str, Decimal | None]
    """The completion rate of each target by its id."""
    adjusted: list[Adjusted]
    """The targets whose goals were changed."""
    dated: list[Milestone]
    """Milestones due by the end of the quarter, or done."""
    undated: list[Milestone]
    """Milestones without a date."""
    count: Callable[[Iterable[Milestone], str], int]
    """How many milestones are of a status."""
    owing: list[BodyReturn]
    """The bodies that owe a return for the quarter."""
    owing_units: int
    """How many units those bodies belong to."""
    waiting: list[BodyReturn]
    """Of those: not reported, and the deadline has not passed."""
    on_time: list[BodyReturn]
    """Reported on time."""
    late: list[BodyReturn]
    """Reported late."""
    returned: list[BodyReturn]
    """Sent back, and not come again."""
    missing: list[BodyReturn]
    """Not reported, and the deadline has passed."""
    partly: list[BodyReturn]
    """Reported, with rows missing."""
    behind: list[Behind]
    """The targets that are behind their pace, or of which a part is."""
    unpaced: bool
    """Whether a target with a goal has no pace."""
    ceilings: bool
    """Whether a target is not to exceed its goal."""
    starred: bool
    """Whether who answers for an unfinished item, or its date, is inferred."""
    annexes: list[str]
    """The titles of the three tables at the end."""


def paragraphs(dossier: QuarterDossier, paper: Paper) -> list[Paragraph]:
    """The bulletin, paragraph by paragraph."""
    speech = speech_of(dossier.report.title)
    source = shipped(speech.template) if paper.template is None else _source(paper.template)
    with speaking(speech.language):
        values = context(dossier, paper, speech)
    filled = _filled(source, paper.template, values, speech)
    found = []
    for line in filled.splitlines():
        if plain := printable(line).strip():
            marked = _LINE.fullmatch(plain)
            found.append(Paragraph(marked[1], marked[2]) if marked else Paragraph("正文", plain))
    return found


def _source(template: str) -> str:
    try:
        with outlet.source(template) as file:
            content = file.read(LARGEST + 1)
    except OSError as fault:
        raise Unavailable(_("the template cannot be read"), got=template, hint=why(fault)) from fault
    if len(content) > LARGEST:
        raise Unclear(_("the template is too large"), got=template)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unclear(_("the template is not UTF-8 text"), got=template) from None


def _filled(source: str, template: str | None, values: BulletinWords, speech: Speech) -> str:
    """The text; whatever is wrong with an office's own template is said in one line, with its place."""
    made = prose()
    made.filters.update(speech.filters)
    if template is None:
        return made.from_string(source).render(vars(values))
    answer = bounded(lambda: _tried(made, source, values))
    if answer is None:
        what = _("the template takes too long, too much memory, or makes too much text")
        raise Unclear(what, got=template, hint=_("take out its loops and its powers"))
    if answer.startswith(_MADE):
        return answer[1:].decode("utf-8", "surrogatepass")
    line = int(answer)
    # The line itself, since what is said of it is English alone.
    hint = source.splitlines()[line - 1].strip() if line else None
    raise Unclear(_("the template has a mistake"), got=f"{template}:{line or '?'}", hint=hint)


_MADE = b"\n"
"""What the text of a template begins with; else it is the number of the line that has a mistake."""


def _tried(made: Environment, source: str, values: BulletinWords) -> bytes:
    try:
        return _MADE + made.from_string(source).render(vars(values)).encode("utf-8", "surrogatepass")
    except (
        TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError,
    ) as fault:  # fmt: skip
        return str(_line_of(fault) or 0).encode()


def _line_of(fault: BaseException) -> int | None:
    """The line of the template in which a fault arose."""
    found, step = getattr(fault, "lineno", None), fault.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename == "<template>":
            found = step.tb_lineno
        step = step.tb_next
    return found


def context(dossier: QuarterDossier, paper: Paper, speech: Speech) -> BulletinWords:
    """What the template may speak of, in the language in use."""
    report, numbers = dossier.report, speech.numbers()
    tops = [row for row in report.targets if row.unit is None and not row.within and not row.parent]
    ratios = {ratio.of: ratio for ratio in dossier.ratios}
    told = {ratio.item for ratio in dossier.ratios if any(row.id == ratio.of for row in tops)}
    owing = [body for body in dossier.bodies if body.state != "none"]
    review = dossier.review_period or report.settings.review_window
    settled = [row for row in report.milestones if row.due and row.due <= report.period.end and row.status != "open"]
    undated = [row for row in report.milestones if row.due is None]
    behind = list(_behind(report.targets))
    return BulletinWords(
        report=report,
        d=dossier,
        paper=paper,
        sections=numbers.section,
        points=numbers.point,
        quarters={code: naming.quarter(code) for code in naming.quarters()},
        year_ends=(naming.spoken() or quarters_of(report.year)).ends,
        subject=speech.subject(report.title),
        shortened=dossier.region[:1],
        place=wording.place(dossier.region),
        group=(group := wording.group(dossier.issuer)),
        office=wording.office(group),
        signed=wording.office(dossier.issuer),
        issue_year=(paper.issued or review[1]).year,
        review_from=review[0],
        review_to=review[1],
        leading=[row for row in tops if row.id not in told],
        inside={row.id: _inside(row, report.targets) for row in tops},
        above={
            row.id: [part for part, whole in larger_than_whole(report.targets) if whole.id == row.id] for row in tops
        },
        ratios=ratios,
        rates={row.id: row.completion_rate for row in report.targets},
        adjusted=list(_adjusted(dossier)),
        dated=settled,
        undated=undated,
        count=_count,
        owing=owing,
        owing_units=len({body.unit for body in owing}),
        waiting=[body for body in owing if body.state == "open"],
        on_time=[body for body in owing if body.state == "reported"],
        late=[body for body in owing if body.state == "late_return"],
        returned=[body for body in owing if body.state == "returned"],
        missing=[body for body in owing if body.state == "unreported"],
        partly=[body for body in owing if body.state in CAME and body.missing],
        behind=behind,
        unpaced=any(row.pace == "none" and row.goal is not None for row in tops),
        ceilings=any(row.direction == "at_most" for row in tops),
        starred=any({"lead", "due"} & set(item.inferred) for item in dossier.unfinished),
        annexes=annexes(dossier),
    )


def annexes(dossier: QuarterDossier) -> list[str]:
    """The titles of the three tables, in the language in use; they name results and resolutions where there are any."""
    return [
        _("{quarter}: targets").format(quarter=naming.quarter(dossier.report.quarter)),
        _("Units: results and returns") if dossier.results else _("Units: work and returns"),
        _("Milestones and resolutions") if dossier.resolutions else _("Milestones"),
    ]


def _count(rows: Iterable[Milestone], status: str) -> int:
    return sum(1 for row in rows if row.status == status)


def _inside(row: Target, rows: Sequence[Target]) -> list[Target]:
    """The children of a target, then its sub-quotas: 其中."""
    parts = [part for part in rows if part.unit is None and row.id in (part.within, part.parent)]
    return sorted(parts, key=lambda part: part.within is not None)


def _adjusted(dossier: QuarterDossier) -> Iterable[Adjusted]:
    for row in dossier.report.targets:
        steps = tuple(step for step in dossier.adjustments if step.item == row.id)
        if row.unit is None and steps:
            yield Adjusted(row.name, row, steps)


def _behind(rows: Sequence[Target]) -> Iterable[Behind]:
    """Targets behind their pace, or of which a part is; each with the parts that are behind, and no others."""
    names = {row.id: row.name for row in rows}
    for row in rows:
        if row.unit is not None:
            continue
        slow = [part for part in rows if part.id == row.id and part.unit and part.status == "behind"]
        if row.status == "behind" or slow:
            name = f"{names[row.within]}中{wording.own(row.name)}" if row.within in names else row.name
            yield Behind(name, row, tuple(slow))
