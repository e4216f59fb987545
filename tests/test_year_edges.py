"""What holds at the edges of a year: short dates, papers of the fourth quarter, what counts on a whole and its parts."""

from docx import Document

from tests.conftest import prepared

JANUARY = {"today": "2021-01-29"}


def words(file):
    return [paragraph.text for paragraph in Document(str(file)).paragraphs if paragraph.text.strip()]


@prepared
def year(office):
    """A year in which 18 of 20 eligible families were paid, and of 4713 homes 860 were raised."""
    for line in ("subsidy-eligible 20", "subsidy 18", "raise 860", "complete 714", "supply 2285"):
        office(f"progress add {line} --unit hsc -q Q4", today="2021-01-08")


class TestShortDates:
    def test_a_bulletin_is_dated_after_its_quarter_and_the_day_is_said(self, year, tmp_path):
        said = year(f"report quarter Q4 -o {tmp_path / 'x.docx'} --issued 1-29 --remedy-by 2-10", **JANUARY).err
        assert "1-29 is 2021-01-29" in said and "2-10 is 2021-02-10" in said
        text = "".join(words(tmp_path / "x.docx"))
        assert "2021年1月29日" in text and "2020年1月29日" not in text

    def test_a_review_ends_after_its_quarter_and_its_bulletin_after_that(self, year):
        for line in ("open Q4", "lock Q4", "result all met", "close Q4 --on 1-20 --document D1"):
            year(f"review {line}", **JANUARY)
        out = year("review bulletin Q4 --number D2 --recipients 各成员单位 --on 1-28", **JANUARY).out
        assert "2021-01-28" in out
        assert "2021-01-20" in year("review list", **JANUARY).out

    def test_a_slip_is_due_after_it_was_issued(self, office):
        assert "2021-01-10" in office("slips issue raise --unit hsc --due 1-10").out
        assert "2020-07-20" in office("slips issue supply --unit hsc --due 7-20").out

    def test_a_matter_goes_on_after_it_began(self, office):
        office("slips issue raise --unit hsc --due 2021-01-20", today="2020-12-20")
        assert office("slips acknowledge 1 --on 1-5 --json", today="2021-01-06").json["events"][0]["on"] == "2021-01-05"

    def test_a_report_on_a_quarter_is_as_of_a_day_from_its_start(self, office):
        assert office("report quarter Q4 --as-of 1-15 --json", **JANUARY).json["as_of"] == "2021-01-15"


class TestKindsOfTargets:
    def test_a_ratio_that_is_short_has_its_own_sentence_in_the_bulletin(self, year, tmp_path):
        year(f"report quarter Q4 -o {tmp_path / 'x.docx'}", **JANUARY)
        text = words(tmp_path / "x.docx")
        assert not any("None" in line for line in text)
        assert any("完成率90.0%，低于序时进度10.0个百分点。" in line for line in text)

    def test_its_line_of_evidence_names_its_rate_once(self, year):
        rows = year("interviews propose Q4 --json", today="2020-12-31").json
        (line,) = (line for row in rows for line in row["evidence"] if "90.0" in line)
        assert "完成率90.0%" in line and "低于序时进度10.0个百分点" in line and "None" not in line
