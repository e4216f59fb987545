"""督办单, 约谈通知 and 会议纪要: follow-up on paper. What is not recorded is a marked gap, never made up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from anju_cli.render.word.english_matters import english_minutes, english_notice, english_slip
from anju_cli.render.word.matter_layout import begun, closing, heading, last_of, people, prose, stated
from anju_cli.render.word.page_layout import PageLayout
from anju_cli.render.word.paper_tables import PaperColumn, table
from anju_cli.render.wording import labels
from anju_cli.render.wording import papers as wording
from anju_cli.render.wording.speech import ENGLISH, speech_of

if TYPE_CHECKING:
    from anju_cli.reports.answers.matters import MatterLine, MatterSheet

LEVELS = {"blue": "蓝色（提醒）", "orange": "橙色（警示）", "red": "红色（责令）"}
EVENTS = {
    **{
        "issue": "签发",
        "acknowledge": "签收",
        "extend": "延期",
        "escalate": "升级督办",
        "close": "办结",
        "cancel": "撤销",
    },
    **{"propose": "提出", "approve": "批准", "drop": "不予约谈", "hold": "约谈", "commit": "整改承诺"},
}
ROWS = [PaperColumn("项目", 32), PaperColumn("内容", 124, "left")]
STEPS = [PaperColumn("日期", 34), PaperColumn("办理情况", 34), PaperColumn("说明", 88, "left")]
RESOLVED = [
    PaperColumn("序号", 14),
    PaperColumn("议定事项", 82, "left"),
    PaperColumn("责任单位", 34),
    PaperColumn("时限", 26),
]


def slip(sheet: MatterSheet) -> bytes:
    """A supervision slip (督办单) as a Word file."""
    if speech_of(sheet.cited.title) is ENGLISH:
        return english_slip(sheet)
    matter = sheet.matter
    requirement = stated(sheet, "requirement")
    done = wording.full(matter.closed_on) if matter.closed_on and matter.state == "closed" else "【办结日期】"
    paper = _titled("督　办　单", matter)
    rows = [
        ("督办级别", LEVELS.get(matter.level or "", "【级别】") + ("（按领导批示直接签发）" if matter.direct else "")),
        ("督办事项", (matter.item_name or matter.about or "【督办事项】") + _basis(sheet)),
        ("承办单位", "、".join(matter.unit_names) or "【承办单位】"),
        ("办理要求", requirement or "【办理要求】"),
        ("办结时限", _due(matter)),
        ("签发人、日期", f"【签发人】　{wording.full(matter.on)}"),
        ("签收人、日期", _signed(sheet, "acknowledge")),
        ("未办结原因（延期申请）", _signed(sheet, "extend", words=True)),
        ("审核意见", "【审核意见】"),
        ("办结日期", done),
    ]
    table(paper, ROWS, [list(row) for row in rows])
    _steps(paper, sheet)
    return paper.content()


def _basis(sheet: MatterSheet) -> str:
    """The place in the plan that a slip rests on (依据)."""
    place = stated(sheet, "basis")
    return f"（依据：《方案》{place}）" if place else ""


def notice(sheet: MatterSheet) -> bytes:
    """The notice of an interview (约谈通知) as a Word file; before approval it is a draft."""
    if speech_of(sheet.cited.title) is ENGLISH:
        return english_notice(sheet)
    matter, cited = sheet.matter, sheet.cited
    rule = f"根据《方案》关于完善考评机制的规定（{wording.wide(cited.interview)}），" if cited.interview else ""
    paper = _titled("约谈通知", matter, draft=matter.state == "proposed")
    paper.paragraph("、".join(matter.unit_names) + "主要负责人：")
    quarter = wording.official(labels.quarter, matter.quarter) if matter.quarter else "【考核期】"
    prose(
        paper,
        f"{rule}你单位{quarter}考核结果为“{matter.about}”。"
        f"经{wording.group(cited.issuer)}批准，拟对你进行约谈，现将有关事项通知如下：",
    )
    heading(paper, "一、约谈事由")
    for line in matter.evidence or ("【事由】",):
        prose(paper, line)
    if matter.inferred:
        prose(paper, "注：标“※”的责任单位、时限为推定，《方案》未载明。")
    heading(paper, "二、时间地点")
    prose(paper, f"时间：【约谈时间】　　地点：{stated(sheet, 'place') or '【约谈地点】'}")
    heading(paper, "三、约谈人")
    interviewer = stated(sheet, "interviewer")
    prose(paper, interviewer or "【约谈人】")
    heading(paper, "四、有关要求")
    prose(paper, "请携带工作落实情况、未完成原因和整改措施的书面材料。联系人及电话：【联系人、电话】。")
    _closing(paper, matter.on if matter.state == "proposed" else None)
    return paper.content()


def minutes(sheet: MatterSheet) -> bytes:
    """The minutes of a meeting (会议纪要) as a Word file; until every unit that attended has agreed, a draft."""
    if speech_of(sheet.cited.title) is ENGLISH:
        return english_minutes(sheet)
    matter = sheet.matter
    paper = _titled("会 议 纪 要", matter, draft=bool(matter.missing) or matter.state != "minuted")
    chair = stated(sheet, "chair") or "【主持人】"
    prose(paper, f"{wording.full(matter.on)}，{chair}主持召开{matter.about}。现将议定事项纪要如下：")
    resolutions = [each for each in sheet.under if each.kind == "resolution"]
    rows = [
        [str(number), each.about, "、".join(each.unit_names), _due(each)] for number, each in enumerate(resolutions, 1)
    ]
    if rows:
        table(paper, RESOLVED, rows)
    else:
        prose(paper, "本次会议未形成议定事项。")
    paper.paragraph()
    people(paper, "出席：", "、".join(matter.unit_names) or "【出席人员】")
    people(paper, "请假：", "、".join(matter.absent_names) or "无")
    if matter.missing:
        rule = f"（《方案》{wording.wide(sheet.cited.minutes)}）" if sheet.cited.minutes else ""
        prose(paper, f"注：尚有{len(matter.missing)}个参会单位未对纪要表示同意，同意后方可印发{rule}。")
    _closing(paper, None)
    return paper.content()


def _titled(title: str, matter: MatterLine, *, draft: bool = False) -> PageLayout:
    return begun(title, f"{matter.document or '【编号】'}（{matter.ref}）", "（征求意见稿）" if draft else None)


def _closing(paper: PageLayout, on: date | None) -> None:
    closing(paper, "【落款单位】", wording.full(on) if on else "【成文日期】")


def _due(matter: MatterLine) -> str:
    if matter.due is None:
        return "未明确时限"
    due = wording.full(matter.due)
    extended = matter.due_original and matter.due_original != matter.due
    return f"{due}（原定{wording.full(matter.due_original)}，已延期）" if extended and matter.due_original else due


def _signed(sheet: MatterSheet, event: str, *, words: bool = False) -> str:
    """When something was done, and in what words; a gap where it was not."""
    last = last_of(sheet, event)
    if last is None:
        return "【　】"
    post = last.content.get("post") or ""
    return "　".join(filter(None, (str(post), (last.reason or "") if words else "", wording.full(last.on))))


def _steps(paper: PageLayout, sheet: MatterSheet) -> None:
    paper.paragraph()
    rows = [
        [
            wording.full(event.on),
            EVENTS.get(event.event, event.event),
            "　".join(filter(None, (event.reason, event.document))),
        ]
        for event in sheet.events
    ]
    table(paper, STEPS, rows)
