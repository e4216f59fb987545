"""督办单, 约谈通知 and 会议纪要 on paper: what is recorded stands there, what is not is a gap."""

from docx import Document
from docx.oxml.ns import qn

from tests.test_reviews import locked_q2

HOSTILE = '=HYPERLINK("x") <w:p/> {{ 7 * 7 }} 坪山[一期][/b]'


def told(path):
    """Everything a document says."""
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def fonts(path):
    runs = Document(str(path)).element.body.iter(qn("w:rFonts"))
    return {run.get(qn("w:eastAsia")) for run in runs}


def test_a_slip_names_its_level_matter_unit_requirement_and_both_dates(office, tmp_path):
    file = tmp_path / "slip.docx"
    office("slips issue ms-q1-syncplan --due 2020-08-15 --requirement", HOSTILE)
    office("slips extend 1 --due 2020-08-31 --reason", "汛期影响")
    office(f"slips show 1 -o {file}")
    said = told(file)
    for words in ("督办单", "蓝色（提醒）", "配套设施同步交付使用计划", "住房保障中心", HOSTILE, "汛期影响"):
        assert words.replace(" ", "") in said.replace("　", "").replace(" ", ""), words
    assert "2020年8月31日（原定2020年8月15日，已延期）" in said and "【签发人】" in said
    assert {"仿宋_GB2312", "方正小标宋简体"} <= fonts(file)


def test_a_notice_of_an_interview_rests_on_the_typed_result_and_its_evidence(office, tmp_path):
    file = tmp_path / "notice.docx"
    locked_q2(office)
    office("review result hsc not-met", today="2020-07-20")
    office("interviews propose Q2", today="2020-07-20")
    office(f"interviews show 1 -o {file}", today="2020-07-20")
    said = told(file)
    assert "约谈通知" in said and "征求意见稿" in said and "住房保障中心主要负责人：" in said
    assert "考核结果为“未完成任务进度”" in said and "【约谈时间】" in said
    evidence = office("interviews show 1 --json", today="2020-07-20").json["matter"]["evidence"]
    assert evidence and all(line in said for line in evidence)


def test_minutes_list_what_was_resolved_by_whom_and_by_when_and_are_a_draft_until_all_agree(office, tmp_path):
    file = tmp_path / "minutes.docx"
    office("meetings add 第二次领导小组会议 --on 2020-07-14 --chair 组长")
    office("meetings attend 1 hsc fin --absent wat")
    office("meetings resolve 1 清查闲置房源 --unit hcb --due 2020-08-10")
    office(f"meetings show 1 -o {file}")
    said = told(file)
    assert "会议纪要" in said.replace(" ", "").replace("　", "") and "征求意见稿" in said
    assert "清查闲置房源" in said and "住房和建设局" in said and "2020年8月10日" in said
    assert (
        "住房保障中心" in said
        and "财政局" in said
        and "请假：水务局" in said
        and "尚有2个参会单位未对纪要表示同意" in said
    )
