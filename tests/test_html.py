"""The report as a page, in a real browser: its figures, its silence, sorting, printing, small screens, both themes."""

from decimal import Decimal

import pytest

from tests.conftest import needed, prepared
from tests.papers import pages, told
from tests.processes import HANGING


@pytest.fixture(scope="module")
def browser():
    chromium = needed("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"], timeout=HANGING * 1000)
        yield running
        running.close()


@prepared
def story(anju):
    return told(anju)


@pytest.fixture
def opened(story, browser, tmp_path):
    """Open the report on Q2; the page, and whatever it asked for or complained of."""
    contexts = []

    def at(line: str = "report quarter Q2", **options):
        file = tmp_path / "report.html"
        story(f"{line} -o {file} --force")
        context = browser.new_context(**options)
        context.set_default_timeout(HANGING * 1000)  # a busy machine is no fault of the page
        contexts.append(context)
        page = context.new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda fault: page.said.append(str(fault)))
        page.goto(f"file://{file}")
        return page

    yield at
    for context in contexts:
        context.close()


TABLE = """number => Array.from(document.querySelectorAll('table')[number].tBodies[0].rows)
    .map(row => Array.from(row.cells).map(cell => cell.innerText.trim()))"""


def shown(value) -> str:
    return "—" if value is None else str(value)


class TestFigures:
    def test_the_figures_on_the_page_are_those_of_the_json(self, story, opened):
        page, report = opened(), story("report quarter Q2 --json").json
        by_name = {row[0]: row for row in page.evaluate(TABLE, 0)}
        for target in report["targets"]:
            row = by_name[target["name_en"]]
            assert row[2:4] == [shown(target["goal"]), shown(target["quarter_quantity"])]
            assert row[4].rstrip("＊") == shown(target["cumulative"])
            assert row[5] == shown(target["completion_rate"]) and row[7] == shown(target["expected_rate"])
            assert row[8] == ("—" if target["gap_points"] is None else f"{target['gap_points']:+}")
            assert row[9] == {"green": "Green", "yellow": "Yellow", "red": "Red", None: "—"}[target["light"]]
        units = page.evaluate(TABLE, 2)
        assert [row[0] for row in units[:-1]] == [unit["name_en"] for unit in report["units"]]
        names = ("items_due", "items_reported", "reporting_rate", "late_returns", "zero_reports", "unreported", "overdue", "behind")  # fmt: skip
        for row, unit in zip(units, [*report["units"], report["totals"]], strict=True):
            assert row[1:] == [str(unit[name]) for name in names]
        assert [row[0] for row in page.evaluate(TABLE, 1)] == [row["name_en"] for row in report["milestones"]]

    def test_who_is_late_stands_in_blocks_in_plan_order(self, story, opened):
        page = opened()
        assert page.locator("h3").all_inner_texts() == [
            "Overdue (1)",
            "Behind (2)",
            "Not reported (44)",
            "Sent back, not resubmitted (0)",
            "Late return (1)",
        ]
        order = [unit["name_en"] for unit in story("report quarter Q2 --json").json["units"]]
        bodies = [row[0] for row in page.evaluate(TABLE, 5)]
        assert sorted(bodies, key=order.index) == bodies
        assert {row[3] for row in page.evaluate(TABLE, 4)} == {"Q2"}

    def test_every_target_has_its_card_its_light_in_words_and_its_curve(self, opened):
        page = opened()
        cards = page.locator(".card")
        assert cards.count() == 6
        first = cards.nth(0)
        assert "Red" not in first.inner_text() and first.locator(".lamp").inner_text() == "Yellow"
        assert "2090 / 4713" in first.inner_text() and "44.3" in first.inner_text()
        assert first.locator("svg polyline").count() == 2
        assert first.locator("svg .last").text_content() == "2090"
        goal = float(first.locator("svg line.goal").get_attribute("y1"))
        heights = [float(dot.get_attribute("cy")) for dot in first.locator("svg circle").all()]
        assert len(heights) == 6 and heights == sorted(heights, reverse=True) and heights[-1] > goal
        assert cards.nth(5).locator("svg").count() == 0  # a derived target has no curve

    def test_bars_are_as_long_as_the_rates(self, story, opened):
        page, report = opened(), story("report quarter Q2 --json").json
        widths = [bar.get_attribute("width") for bar in page.locator(".bars rect.filled").all()]
        assert [Decimal(width) for width in widths] == [
            Decimal(str(unit["reporting_rate"])) for unit in report["units"]
        ]


class TestSilence:
    def test_no_request_leaves_and_nothing_is_complained_of(self, opened):
        page = opened()
        page.locator("th button").first.click()
        assert len(page.asked) == 1 and page.asked[0].startswith("file://")
        assert page.said == []

    def test_the_policy_lets_nothing_else_run(self, opened):
        page = opened()
        page.evaluate("""() => {
            const made = document.createElement('img');
            made.setAttribute('onerror', "document.title = 'taken'");
            made.src = 'http://example.invalid/x.png';
            document.body.append(made);
            const script = document.createElement('script');
            script.textContent = "document.title = 'taken'";
            document.body.append(script);
        }""")
        while sum("Content Security Policy" in said for said in page.said) < 2:  # of the picture and of the script
            page.wait_for_event("console")
        assert page.title() != "taken"

    def test_the_same_report_is_the_same_page(self, story, tmp_path):
        for name in ("a", "b"):
            story(f"report quarter Q2 -o {tmp_path / name}.html")
        assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


class TestUse:
    def test_heads_sort_up_down_and_back_to_plan_order_and_sums_stay(self, opened):
        page = opened()
        plan_order = page.evaluate(TABLE, 2)
        head = page.locator("table").nth(2).locator("th button").nth(1)
        head.click()
        up = page.evaluate(TABLE, 2)
        assert [int(row[1]) for row in up[:-1]] == sorted(int(row[1]) for row in plan_order[:-1])
        assert up[-1] == plan_order[-1]
        assert page.locator("table").nth(2).locator("th").nth(1).get_attribute("aria-sort") == "ascending"
        head.click()
        assert [int(row[1]) for row in page.evaluate(TABLE, 2)[:-1]] == sorted(
            (int(row[1]) for row in plan_order[:-1]), reverse=True
        )
        head.click()
        assert page.evaluate(TABLE, 2) == plan_order

    def test_figures_are_sorted_as_numbers_and_what_is_missing_comes_last(self, opened):
        page = opened()
        head = page.locator("table").nth(0).locator("th button").nth(8)
        for sign in (1, -1):
            head.click()
            gaps = [row[8] for row in page.evaluate(TABLE, 0)]
            known = [float(gap) for gap in gaps if gap != "—"]
            assert known == sorted(known, key=lambda gap, sign=sign: sign * gap) and gaps[: len(known)] == gaps[:3]
            assert set(gaps[3:]) == {"—"}

    def test_without_scripts_everything_is_there_but_sorting(self, opened):
        with_scripts, without = opened(), opened(java_script_enabled=False)
        assert without.locator("th button").count() == 0
        assert without.locator("main").inner_text().split() == with_scripts.locator("main").inner_text().split()

    @pytest.mark.parametrize(
        "line", ["report quarter Q2", "units overdue --detail", "progress list", "report unit hsc"]
    )
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_a_small_screen_never_scrolls_sideways(self, opened, line, lang):
        page = opened(f"{line} --lang {lang}", viewport={"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert (
            page.evaluate(
                "Math.max(...Array.from(document.querySelectorAll('td, h1, p, svg')).map(e => e.getBoundingClientRect().right))"
            )
            <= 390
        )

    def test_on_a_small_screen_cells_carry_their_labels(self, opened):
        page = opened(viewport={"width": 390, "height": 844})
        cell = page.locator("table").nth(0).locator("tbody tr").nth(0).locator("td").nth(5)
        assert (
            page.evaluate("cell => getComputedStyle(cell, '::before').content", cell.element_handle())
            == '"Completion (%)"'
        )

    @pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
    def test_both_themes_can_be_read(self, opened, scheme, dark):
        """Every text against its background: contrast of 4.5 at least, the bound of WCAG AA."""
        page = opened(color_scheme=scheme)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (luminance(paper) < 0.1) == dark
        for name in ("good", "warn", "bad", "faint", "lamp.green", "lamp.yellow", "lamp.red", "empty"):
            found = page.locator(f".{name}")
            if found.count():
                ink = found.first.evaluate("each => getComputedStyle(each).color")
                assert contrast(ink, paper) >= 4.5, name

    def test_the_language_of_the_page_is_that_of_the_reader(self, opened):
        assert opened("report quarter Q2 --lang zh").locator("html").get_attribute("lang") == "zh-CN"
        assert opened("report quarter Q2 --lang en").locator("html").get_attribute("lang") == "en"

    def test_it_prints_on_a4_across_with_heads_repeated(self, opened, tmp_path):
        from pypdf import PdfReader

        page = opened("report quarter Q2 --lang zh")
        page.pdf(path=tmp_path / "x.pdf", prefer_css_page_size=True)
        sheets = PdfReader(tmp_path / "x.pdf").pages
        assert 7 <= pages(tmp_path / "x.pdf") <= 9
        assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {(842, 595)}
        assert sum("迟报（次）" in sheet.extract_text() for sheet in sheets) >= 2


class TestPicture:
    def test_the_trend_is_a_picture_of_the_figures(self, story, browser, tmp_path):
        story(f"report trend -o {tmp_path / 't.svg'}")
        points = story("report trend --json").json
        page = browser.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"file://{tmp_path / 't.svg'}")
        lasts = page.locator(".last").all_text_contents()
        by_item = {point["item"]: point for point in points}
        assert lasts == [str(point["cumulative"]) for point in by_item.values()]
        assert page.locator("g > text.name").count() == len(by_item) and len(asked) == 1
        page.close()

    def test_a_trend_of_one_target_and_of_none(self, story, tmp_path):
        story(f"report trend raise -o {tmp_path / 'one.svg'}")
        assert (tmp_path / "one.svg").read_text(encoding="utf-8").count('class="name"') == 1
        story(f"report trend -o {tmp_path / 'none.svg'} --as-of 2019-12-31")
        assert "Nothing yet." in (tmp_path / "none.svg").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("highest", "step"), [(0, 1), (4, 1), (5, 2), (15, 5), (100, 50), (714, 200), (4713, 2000), (99999, 50000)]
    )
    def test_the_grid_is_of_round_numbers(self, highest, step):
        from anju_cli.render.web.charts import _step

        assert _step(highest) == step and step * 5 >= highest


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: str, paper: str) -> float:
    light, dark = sorted((luminance(ink), luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
