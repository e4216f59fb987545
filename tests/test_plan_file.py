"""Plan files: every mistake is named at once with its place; and what recording a plan, or its adjustment, asks for."""

import re
from itertools import pairwise
from typing import get_args

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anju_cli import plan_file
from anju_cli.plan_file import sections, shape, strict, values
from tests.conftest import EXAMPLE, ROOT, prepared
from tests.processes import within

LOADERS = [getattr(yaml, name) for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name)]
"""PyYAML with libyaml and without."""
PLAN_2020 = ROOT / "data" / "plan_2020.yaml"

GOOD = """\
plan: {id: small-2020, year: 2020, region: 区, title: 方案, issuer: 领导小组}
units:
  - {id: hsc, name: {zh: 住保中心, en: Centre}}
  - {id: tal, name: {zh: 人才公司, en: Company}}
targets:
  - id: raise
    name: {zh: 筹集, en: Raised}
    lead: [hsc]
    goal: 100
    measure: 套
    due: 2020-12-31
    pace: even
milestones:
  - {id: survey, name: {zh: 调查, en: Survey}, lead: [hsc], due: 2020-03-31}
duties:
  - {id: upkeep, name: {zh: 维修, en: Upkeep}, lead: [hsc], reporting: summary}
"""
"""A plan with nothing wrong; each case below spoils one thing in it. The target's keys stand on lines 6 to 12."""

A_GOAL = "a quantity such as 4713 or 12345.5, or a share such as 70%"
A_DATE = "a date that exists, such as 2020-06-30"
A_PACE = "one of even, projects, year_end, none, or dated steps such as {2020-06-30: 50%}"
ASKED_OF_TARGETS = "one of quantity, register, none"


def mistake(name, old, new, *problems):
    """`old`, which stands in GOOD, becomes `new`; then exactly these problems are named."""
    assert old in GOOD, old
    return pytest.param(GOOD.replace(old, new, 1), problems, id=name)


def target(name, *added, problems):
    """Targets are added to GOOD, from line 13 on."""
    lines = "".join(f"  - {{{each}}}\n" for each in added)
    return mistake(name, "milestones:\n", lines + "milestones:\n", *problems)


def pace(name, steps, *problems):
    return mistake(name, "pace: even", f"pace: {steps}", *problems)


def goal(name, text):
    return mistake(name, "goal: 100", f"goal: {text}", f"9:11: targets[0].goal: found '{text}', expected {A_GOAL}")


def due(name, text):
    return mistake(name, "2020-03-31", text, f"14:64: milestones[0].due: found '{text}', expected {A_DATE}")


def broken(name, old, new, place, line, said):
    return mistake(name, old, new, f"{place}: found {line}, expected well-formed YAML: {said}")


KEYS = [
    mistake("an unknown key, and the one that was meant", "    measure:", "    mesure:",
            "10:5: targets[0]: found the key mesure, expected measure, perhaps"),
    mistake("an unknown key like no other", "    goal: 100", "    colour: 100",
            "9:5: targets[0]: found the key colour, expected a key that is known here"),
    mistake("an unknown key within an entry", "goal: 100", "goal: 100\n    clause: {id: c, place: 一, quote: 甲, qoute: 甲}",
            "10:41: targets[0].clause: found the key qoute, expected quote, perhaps"),
    mistake("an unknown section", "milestones:", "milestone:", "13:1: found the key milestone, expected milestones, perhaps"),
    mistake("a key of another kind of item", "pace: even", "pace: even\n    each: true",
            "13:5: targets[0]: found the key each, expected a key that is known here"),
    mistake("a missing key", "    name: {zh: 筹集, en: Raised}\n", "",
            "6:5: targets[0].name: found nothing, expected a value; this key is required"),
    mistake("a name in a language that is not known here", "{zh: 筹集, en: Raised}", "{fr: Acquis}",
            "7:11: targets[0].name.en: found nothing, expected a value; this key is required",
            "7:11: targets[0].name.zh: found nothing, expected a value; this key is required",
            "7:12: targets[0].name: found the key fr, expected a key that is known here"),
    mistake("a missing section", GOOD.splitlines(keepends=True)[0], "", "1:1: found no section plan, expected one"),
    mistake("a key twice", "    goal: 100\n", "    goal: 100\n    goal: 200\n",
            "10:5: targets[0]: found goal, expected a key once; it is on line 9 already"),
]  # fmt: skip

STRICTNESS = [
    mistake("an alias", "lead: [hsc]", "lead: *who",
            "8:11: targets[0].lead: found *who, expected the value itself; aliases are not taken"),
    mistake("an alias for a key", "    goal: 100", "    *who : 100", "9:5: targets[0]: found *who, expected a key"),
    mistake("an anchor", "goal: 100", "goal: &n 100", "9:11: targets[0].goal: found &n, expected no anchors"),
    mistake("an anchor on a key", "    goal: 100", "    &n goal: 100", "9:5: targets[0]: found &n, expected no anchors"),
    mistake("a merge key", "    goal: 100", "    goal: 100\n    <<: {note: 甲}",
            "10:5: targets[0]: found <<, expected no merge keys"),
    mistake("a tag", "goal: 100", "goal: !!int 100", "9:11: targets[0].goal: found !!int, expected no tags"),
    mistake("a tag on a key", "    goal: 100", "    !!str goal: 100", "9:5: targets[0]: found !!str, expected no tags"),
    mistake("a tag that would run a program", "measure: 套", "measure: !!python/object/apply:os.system 套",
            "10:14: targets[0].measure: found !!python/object/apply:os.system, expected no tags"),
    mistake("a list for a key", "    goal: 100", "    ? [goal]\n    : 100",
            "9:7: targets[0]: found a list or a mapping, expected a key"),
    broken("a tab as indentation", "    goal: 100", "\tgoal: 100", "9:1", "'goal: 100'",
           "spaces before it, no tab"),
    broken("a bracket left open is shown where it was opened", "reporting: summary}", "reporting: [summary",
           "16:70", "'- {id: upkeep, name: {zh: 维修, en: Upkeep}, lead: [hsc], re…",
           "commas and a ] after the [ of line 16"),
    broken("a quote left open is shown where it was opened", "measure: 套", "measure: '套", "10:14", '"measure: \'套"',
           "a ' at the end of the text that begins on line 10"),
    mistake("a second document", "milestones:", "---\nmilestones:",
            "13:1: found a second document, expected one plan in a file"),
    mistake("a list where a mapping belongs", GOOD.splitlines()[0], "plan: [small-2020]",
            "1:7: plan: found a list, expected a mapping"),
    mistake("a mapping where a list belongs", "duties:\n  - ", "duties:\n  ", "16:3: duties: found a mapping, expected a list"),
    mistake("a text where a list belongs", "duties:\n  - {id: upkeep, name: {zh: 维修, en: Upkeep}, lead: [hsc], reporting: summary}",
            "duties: none", "15:9: duties: found 'none', expected a list"),
    mistake("nesting too deep", "lead: [hsc], reporting", "lead: " + "[" * 12 + "]" * 12 + ", reporting",
            "16:62: duties[0].lead" + "[0]" * 10 + ": found 13 levels, expected at most 12"),
    mistake("a NUL", "调查", "调\0查", "14:30: found U+0000, expected no control, bidi or zero-width characters"),
    mistake("a bidi override", "调查", "调\u202e查",
            "14:30: found U+202E, expected no control, bidi or zero-width characters"),
    mistake("a zero-width space in a comment", "- id: raise", "- id: raise # 甲\u200b",
            "6:18: found U+200B, expected no control, bidi or zero-width characters"),
    mistake("a line separator, which is a new line to some and not to others", "调查", "调\u2028查",
            "14:30: found U+2028, expected no control, bidi or zero-width characters"),
    mistake("an escaped control character", "zh: 调查", 'zh: "调\\a查"',
            r"14:29: milestones[0].name.zh: found '调\x07查', expected a text without control or bidi characters"),
    mistake("a key that would colour the terminal", "    goal: 100", '    "\\e[31mgoal": 100',
            r"9:5: targets[0]: found the key \x1b[31mgoal, expected goal, perhaps"),
]  # fmt: skip

VALUES = [
    goal("octal", "010"),
    goal("sexagesimal", "12:30"),
    goal("an exponent", "1e3"),
    goal("hexadecimal", "0x64"),
    goal("underscores", "1_000"),
    goal("a negative goal", "-5"),
    goal("full-width digits", "１００"),
    goal("a share above the whole", "101%"),
    goal("an integer of 40 digits", "9" * 40),
    mistake("an integer of 5000 digits, shown shortened", "goal: 100", "goal: " + "9" * 5000,
            f"9:11: targets[0].goal: found '{'9' * 58}…, expected {A_GOAL}"),
    mistake("a year of 5000 digits", "year: 2020", "year: " + "2" * 5000,
            f"1:30: plan.year: found '{'2' * 58}…, expected a whole number such as 4713"),
    mistake("a share of 5000 decimals", "goal: 100", f"goal: 7.{'1' * 5000}%",
            f"9:11: targets[0].goal: found '7.{'1' * 56}…, expected {A_GOAL}"),
    mistake("a year long past", "year: 2020", "year: 1066", "1:30: plan.year: found '1066', expected at least 1990"),
    mistake("decimals that the measure has not", "goal: 100", "goal: 100.5",
            "9:11: targets[0].goal: found 100.5, expected at most 0 decimals; see decimals"),
    due("a day that does not exist", "2020-06-31"),
    due("a day without its zero", "2020-6-30"),
    due("a date without dashes", "20200630"),
    due("a moment", "2020-06-30T00:00:00"),
    due("the year 0", "0000-01-01"),
    mistake("a date far from the plan year", "2020-03-31", "2031-12-31",
            "14:64: milestones[0].due: found 2031-12-31, expected a date in or beside the plan year 2020"),
    mistake("a word that is neither true nor false", "{id: survey,", "{id: survey, each: yes,",
            "14:24: milestones[0].each: found 'yes', expected true or false"),
    mistake("an id in capitals", "id: survey", "id: Survey", "14:10: milestones[0].id: found 'Survey', expected an id such as ms-q1-survey"),
    mistake("an empty name", "zh: 调查", "zh: ''", "14:29: milestones[0].name.zh: found '', expected a text"),
    mistake("a name too long", "zh: 调查", "zh: " + "调" * 2001,
            f"14:29: milestones[0].name.zh: found '{'调' * 58}…, expected at most 2000 characters"),
]  # fmt: skip

NEW = "id: new, name: 新, lead: [tal]"
COUNTED = NEW + ", measure: 套, due: undated"

REFERENCES = [
    mistake("an unknown lead", "[hsc]\n    goal", "[hcs]\n    goal",
            "8:12: targets[0].lead[0]: found hcs, expected a body that is declared; hsc, perhaps"),
    mistake("a lead twice", "[hsc]\n    goal", "[hsc, hsc]\n    goal", "8:17: targets[0].lead[1]: found hsc, expected each body once"),
    mistake("no lead", "    lead: [hsc]\n", "", "6:5: targets[0]: found no lead, expected a body that answers for it, or all"),
    target("an unknown parent", NEW + ", parent: rise, goal: 5",
           problems=["13:45: targets[1].parent: found rise, expected a target; raise, perhaps"]),
    target("a parent that is no target", NEW + ", parent: survey, goal: 5",
           problems=["13:45: targets[1].parent: found survey, expected a target"]),
    target("an unknown whole", NEW + ", within: rise, goal: 5",
           problems=["13:45: targets[1].within: found rise, expected a target; raise, perhaps"]),
    target("a parent and a whole", NEW + ", within: raise, parent: raise, goal: 100",
           problems=["13:45: targets[1].within: found raise, expected either a parent or a whole, not both"]),
    mistake("an unknown target that a duty acts through", "reporting: summary", "through: rise",
            "16:68: duties[0].through: found rise, expected a target; raise, perhaps"),
    target("a ratio of an unknown item", NEW + ", ratio: {of: raise, to: rise}, due: undated, pace: none",
           problems=["13:60: targets[1].ratio.to: found rise, expected an item with quantities; raise, perhaps"]),
    target("a ratio of a milestone", NEW + ", ratio: {of: raise, to: survey}, due: undated, pace: none",
           problems=["13:60: targets[1].ratio.to: found survey, expected an item with quantities"]),
    target("a ratio of itself", NEW + ", ratio: {of: new, to: raise}, due: undated, pace: none",
           problems=["13:49: targets[1].ratio.of: found new, expected another item"]),
    target("a ratio of two measures", NEW + ", ratio: {of: raise, to: other}, due: undated, pace: none",
           "id: other, name: 别, lead: [tal], measure: 户, due: undated",
           problems=["13:44: targets[1].ratio: found 套, 户, expected two items of one measure"]),
    target("a ratio with a quantity as its goal", NEW + ", ratio: {of: raise, to: other}, goal: 5, due: undated, pace: none",
           "id: other, name: 别, lead: [tal], measure: 套, due: undated",
           problems=["13:74: targets[1].goal: found 5, expected a percentage such as 90%, or no goal: the whole"]),
    target("two that are each other's parent", "id: a, name: 甲, lead: [tal], parent: b", "id: b, name: 乙, lead: [tal], parent: a",
           problems=["14:43: targets[2].parent: found a, expected a target that is not part of this one"]),
    target("three parents in a circle", *(f"id: {a}, name: {a}, lead: [tal], parent: {b}" for a, b in ("ab", "bc", "ca")),
           problems=["15:43: targets[3].parent: found a, expected a target that is not part of this one"]),
    target("a parent of itself", NEW + ", parent: new",
           problems=["13:45: targets[1].parent: found new, expected a target that is not part of this one"]),
]  # fmt: skip

NAMES = [
    mistake("an id twice", "id: survey", "id: raise", "14:10: milestones[0].id: found 'raise', expected one of its own; targets[0] has it"),
    mistake("a body's id twice", "id: tal", "id: hsc", "4:10: units[1].id: found 'hsc', expected one of its own; units[0] has it"),
    mistake("a name twice", "zh: 调查", "zh: 筹集",
            "14:29: milestones[0].name.zh: found '筹集', expected one of its own; targets[0] has it"),
    mistake("a name that differs by width, case and spaces alone", "en: Survey", "en: 'ｒ Aised'",
            "14:37: milestones[0].name.en: found 'ｒ Aised', expected one of its own; targets[0] has it"),
    mistake("an alias that is another's name", "{id: tal,", "{id: tal, aliases: [住保中心],",
            "4:25: units[1].aliases[0]: found '住保中心', expected one of its own; units[0] has it"),
    mistake("summary as an id", "id: upkeep", "id: summary",
            "16:10: duties[0].id: found 'summary', expected another one; this is the shared row of standing duties"),
    mistake("all as a unit's id", "id: tal", "id: all", "4:10: units[1].id: found 'all', expected another id; this one means every member unit"),
    mistake("one clause in two wordings", "due: 2020-03-31}", "due: 2020-03-31, clause: {id: c, place: 一, quote: 甲}}\n"
            "  - {id: plan-b, name: 乙, lead: [hsc], due: undated, clause: {id: c, place: 一, quote: 乙}}",
            "15:87: milestones[1].clause.quote: found '乙', expected the same as in milestones[0].clause: it is one clause"),
    mistake("a reason for a key that there is not", "pace: even", "pace: even\n    inferred: {paces: 本办暂定}",
            "13:16: targets[0].inferred.paces: found paces, expected a key of this item"),
]  # fmt: skip

SUMS = [
    target("a parent's goal that is not the sum of its children's", "id: a, name: 甲, lead: [tal], parent: raise, goal: 60",
           "id: b, name: 乙, lead: [tal], parent: raise, goal: 50",
           problems=["9:11: targets[0].goal: found 100, expected 110, the sum of its children, or no goal"]),
    target("a child of another measure", "id: a, name: 甲, lead: [tal], parent: raise, goal: 60",
           "id: b, name: 乙, lead: [tal], parent: raise, goal: 40, measure: 户",
           problems=["14:69: targets[2].measure: found '户', expected 套, as raise has"]),
    target("a child of other decimals", "id: a, name: 甲, lead: [tal], parent: raise, goal: 60",
           "id: b, name: 乙, lead: [tal], parent: raise, goal: 40, decimals: 1",
           problems=["14:70: targets[2].decimals: found 1, expected 0, as raise has"]),
    target("a child without a goal", "id: a, name: 甲, lead: [tal], parent: raise, goal: 60",
           "id: b, name: 乙, lead: [tal], parent: raise",
           problems=["14:5: targets[2]: found no goal, expected one, as the other children of raise have"]),
    target("a child that is mistaken is no reason to doubt the sum", "id: a, name: 甲, lead: [tal], parent: raise, goal: 60",
           "id: b, name: 乙, lead: [tal], parent: raise, gaol: 40",
           problems=["14:50: targets[2]: found the key gaol, expected goal, perhaps"]),
    target("a sub-quota above its whole", NEW + ", within: raise, goal: 101",
           problems=["13:58: targets[1].goal: found 101, expected at most 100, the goal of raise"]),
    target("a sub-quota of another measure", NEW + ", within: raise, goal: 10, measure: 户",
           problems=["13:71: targets[1].measure: found '户', expected 套, as raise has"]),
    target("a share where there is no whole", COUNTED + ", pace: none, goal: 70%",
           problems=["13:81: targets[1].goal: found 70%, expected a quantity; a share is taken where there is a whole"]),
    mistake("parts that do not add up", "pace: even", "pace: even\n    allocations: {hsc: 60, tal: 30}",
            "13:18: targets[0].allocations: found 90, expected parts that add up to 100"),
    mistake("a part of nobody", "pace: even", "pace: even\n    allocations: {hsc: 60, tall: 40}",
            "13:28: targets[0].allocations.tall: found tall, expected a member unit; tal, perhaps"),
    mistake("parts of no goal", "    goal: 100\n", "    allocations: {hsc: 60}\n",
            "6:5: targets[0]: found no goal, expected one that the parts add up to"),
    mistake("parts and a ratio", "pace: even", "pace: year_end\n    allocations: {hsc: 100}\n    ratio: {of: survey, to: survey}",
            "6:5: targets[0]: found raise, expected either children, or parts, or a ratio"),
]  # fmt: skip

PACES = [
    mistake("no pace", "    pace: even\n", "", "6:5: targets[0]: found no pace, expected one of even, projects, year_end, none, or dated steps"),
    mistake("no due date", "    due: 2020-12-31\n", "", "6:5: targets[0]: found no due, expected a date, or undated"),
    mistake("a milestone without a due date", ", due: 2020-03-31", "",
            "14:5: milestones[0]: found no due, expected a date, or undated"),
    mistake("no measure", "    measure: 套\n", "", "6:5: targets[0]: found no measure, expected one: a goal is counted in something"),
    mistake("an even pace for a part of the year", "due: 2020-12-31", "due: 2020-10-31",
            "12:11: targets[0].pace: found even, expected another pace, or due 2020-12-31: even is for the whole year"),
    pace("an unknown pace", "evenly", f"12:11: targets[0].pace: found 'evenly', expected {A_PACE}"),
    pace("no steps", "{}", f"12:11: targets[0].pace: found a mapping, expected {A_PACE}"),
    pace("steps out of order", "{2020-06-30: 60%, 2020-03-31: 50%, 2020-12-31: 100%}",
         "12:29: targets[0].pace.2020-03-31: found 2020-03-31, expected steps in order of date"),
    pace("a step below the one before", "{2020-03-31: 60%, 2020-06-30: 50, 2020-12-31: 100%}",
         "12:41: targets[0].pace.2020-06-30: found 50, expected no less than the step before"),
    pace("steps that do not reach the goal", "{2020-06-30: 60%, 2020-12-31: 99}",
         "12:41: targets[0].pace.2020-12-31: found 99, expected the whole goal at the last step"),
    pace("a step after the due date", "{2020-06-30: 60%, 2021-01-31: 100%}",
         "12:29: targets[0].pace.2021-01-31: found 2021-01-31, expected the last step on or before 2020-12-31"),
    pace("a step on a day that does not exist", "{2020-06-31: 60%, 2020-12-31: 100%}", f"12:12: targets[0].pace: found '2020-06-31', expected {A_DATE}"),
    pace("a step that is no quantity", "{2020-06-30: most, 2020-12-31: 100%}",
         f"12:24: targets[0].pace.2020-06-30: found 'most', expected {A_GOAL}"),
    pace("steps in quantities where there are parts", "{2020-06-30: 60, 2020-12-31: 100%}\n    allocations: {hsc: 60, tal: 40}",
         "12:24: targets[0].pace.2020-06-30: found 60, expected a share: each part has the same steps"),
]  # fmt: skip

REPORTING = [
    mistake("an unknown reporting", "reporting: summary", "reporting: sumary",
            "16:70: duties[0].reporting: found 'sumary', expected one of quantity, case, summary, register, none"),
    mistake("a duty without reporting", ", reporting: summary", "",
            "16:5: duties[0]: found no reporting, expected one of quantity, case, summary, register, none"),
    mistake("a target reported in cases", "pace: even", "pace: even\n    reporting: case",
            f"13:16: targets[0].reporting: found case, expected {ASKED_OF_TARGETS}"),
    mistake("a milestone reported in words", "{id: survey,", "{id: survey, reporting: summary,",
            f"14:29: milestones[0].reporting: found summary, expected {ASKED_OF_TARGETS}"),
    mistake("a duty through a target that reports itself", "reporting: summary", "through: raise, reporting: quantity",
            "16:86: duties[0].reporting: found quantity, expected none: its quantities are the target's"),
    mistake("cases counted in something else", "reporting: summary", "reporting: case, measure: 个",
            "16:85: duties[0].measure: found '个', expected 件: cases are counted"),
    mistake("a quantity counted in nothing", "reporting: summary", "reporting: quantity",
            "16:5: duties[0]: found no measure, expected one: a quantity is counted in something"),
    target("a derived target that reports", NEW + ", ratio: {of: raise, to: raise}, due: undated, pace: none, reporting: quantity",
           problems=["13:105: targets[1].reporting: found quantity, expected none"]),
]  # fmt: skip


def setting(name, text, *problems):
    return mistake(name, "units:\n", f"settings: {text}\nunits:\n", *problems)


SETTINGS = [
    setting("a review that ends before it begins", "{review: {from_day: 21, to_day: 20}}",
            "2:43: settings.review.to_day: found 20, expected a day not before from_day"),
    setting("lights out of order", "{lights: {yellow_below: -10, red_below: 0}}",
            "2:51: settings.lights.red_below: found 0, expected not above yellow_below"),
    setting("a day off that is a working day", "{days_off: [2020-05-01], work_days: [2020-05-09, 2020-05-01]}",
            "2:60: settings.work_days[1]: found 2020-05-01, expected a day that is not in days_off"),
    setting("a deadline on the 31st, which some months have not", "{return_deadline: {day: 31}}",
            "2:35: settings.return_deadline.day: found '31', expected at most 28"),
]  # fmt: skip


class TestCheck:
    @pytest.mark.parametrize("path", [PLAN_2020, EXAMPLE], ids=lambda path: path.name)
    def test_a_good_file_is_passed_in_silence(self, anju, path):
        heard = anju("plan check", str(path))
        assert (heard.out, heard.err) == ("", "")

    def test_the_plan_that_the_cases_spoil_is_good(self, anju, tmp_path):
        (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
        assert anju("plan check", str(tmp_path / "good.yaml")).out == ""

    @pytest.mark.parametrize(
        ("text", "problems"), [*KEYS, *STRICTNESS, *VALUES, *REFERENCES, *NAMES, *SUMS, *PACES, *REPORTING, *SETTINGS]
    )
    def test_a_mistake_is_named_with_its_place_and_nothing_else_is_blamed(self, anju, tmp_path, text, problems):
        path = tmp_path / "plan.yaml"
        path.write_bytes(text.encode())
        heard = anju("plan check", str(path), code=1)
        assert heard.out.splitlines() == [f"{path}:{problem}" for problem in problems]
        assert heard.err == ""

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            pytest.param(GOOD.encode("gbk"), "1:44: found 0xc7, expected text in UTF-8", id="GBK"),
            pytest.param(GOOD.encode("utf-16"), "1:1: found 0xff, expected text in UTF-8", id="UTF-16"),
            pytest.param(
                GOOD.encode().replace("维修".encode(), b"\xff"),
                "16:29: found 0xff, expected text in UTF-8",
                id="one bad byte",
            ),
            pytest.param(b"", "1:1: found nothing, expected a plan", id="an empty file"),
            pytest.param(b"# later\n", "1:1: found nothing, expected a plan", id="comments alone"),
            pytest.param(
                b"- plan\n", "1:1: found a list, expected a mapping with the sections of a plan", id="a list for a plan"
            ),
            pytest.param(
                b"#" * 2_000_001,
                "1:1: found more than 2000000 bytes, expected at most 2000000 bytes",
                id="a file too large",
            ),
        ],
    )
    def test_a_file_that_is_no_plan_at_all_is_named_in_one_line(self, anju, tmp_path, content, problem):
        path = tmp_path / "plan.yaml"
        path.write_bytes(content)
        heard = anju("plan check", str(path), code=1)
        assert (heard.out, heard.err) == (f"{path}:{problem}\n", "")

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(b"\xef\xbb\xbf" + GOOD.encode(), id="a byte order mark"),
            pytest.param(GOOD.replace("\n", "\r\n").encode(), id="Windows line ends"),
        ],
    )
    def test_what_editors_on_windows_add_does_no_harm(self, anju, tmp_path, content):
        (tmp_path / "plan.yaml").write_bytes(content)
        assert anju("plan check", str(tmp_path / "plan.yaml")).out == ""

    @pytest.mark.parametrize(
        ("each", "found"),
        [
            pytest.param("[" + ", ".join(["*{before}"] * 9) + "]", "*l0", id="alias bomb"),
            pytest.param("{{<<: [*{before}, *{before}], {name}: 1}}", "*l0", id="merge bomb"),
        ],
    )
    def test_a_bomb_is_refused_before_it_goes_off(self, tmp_path, each, found):
        """Thirty levels would expand to 9 to the 30th values, or 2 to the 30th keys."""
        layers = [f"l{n}: &l{n} " + each.format(before=f"l{n - 1}", name=f"l{n}") for n in range(1, 30)]
        (tmp_path / "bomb.yaml").write_text("\n".join(["l0: &l0 {k: v}", *layers, GOOD]), encoding="utf-8")
        (heard,) = within(200, 5, [["plan", "check", str(tmp_path / "bomb.yaml")]])
        assert heard.code == 1 and f"found {found}, expected the value itself" in heard.out, heard

    @pytest.mark.parametrize("loader", LOADERS)
    @pytest.mark.parametrize("levels", [14, 1000, 1001, 100_000])
    @pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "], ids=["lists", "mappings", "items", "keys"])
    def test_nesting_of_any_depth_is_refused_in_our_words(self, monkeypatch, opening, levels, loader):
        """A parser may give up of itself at some depth, and before it has handed on what is less deep."""
        monkeypatch.setattr(strict, "_Loader", loader)
        reader = strict.YamlReader("deep.yaml")
        assert reader.read(opening.encode() * levels) is None
        (problem,) = reader.problems
        expected = ("a list or a mapping", "a key") if opening == "? " else ("13 levels", "at most 12")
        assert (problem.found, problem.expected) == expected

    def test_a_chain_of_parents_without_end_is_refused(self, tmp_path):
        chain = "".join(f"  - {{id: t{n}, name: n{n}, lead: [hsc], parent: t{n + 1}}}\n" for n in range(3000))
        (tmp_path / "chain.yaml").write_text(GOOD.replace("milestones:\n", chain + "milestones:\n"), encoding="utf-8")
        problems = plan_file.load(tmp_path / "chain.yaml").problems
        assert any(problem.expected == "at most 10 levels of parts" for problem in problems)

    def test_all_problems_are_told_at_once_in_order_of_place(self, anju, tmp_path):
        """One mistaken entry hides neither the other keys of that entry nor the other entries, of whatever section."""
        spoilt = GOOD
        for old, new in [
            ("year: 2020", "year: 20"), ("id: tal, ", "id: tal, alias: 甲, "), ("goal: 100", "goal: 1e3"), ("measure", "mesure"),
            ("2020-12-31", "2020-02-30"), ("2020-03-31", "soon"), ("lead: [hsc], reporting: summary", "lead: [hcs]"),
        ]:  # fmt: skip
            spoilt = spoilt.replace(old, new)
        (tmp_path / "plan.yaml").write_text(spoilt, encoding="utf-8")
        said = anju("plan check", str(tmp_path / "plan.yaml"), code=1).out.splitlines()
        places = [tuple(map(int, re.match(r".*plan\.yaml:(\d+):(\d+): ", line).groups())) for line in said]
        assert places == [(1, 30), (4, 15), (9, 11), (10, 5), (11, 10), (14, 64), (16, 5), (16, 53)]

    def test_problems_are_told_in_chinese_where_chinese_is_spoken(self, anju, tmp_path):
        (tmp_path / "plan.yaml").write_text(GOOD.replace("goal: 100", "goal: 1e3"), encoding="utf-8")
        said = anju("plan check", str(tmp_path / "plan.yaml"), code=1, lang="zh").out
        assert "9:11: targets[0].goal:" in said and "'1e3'" in said and "expected" not in said

    def test_a_file_that_is_not_there_is_the_surroundings_fault(self, anju, tmp_path):
        heard = anju("plan check", str(tmp_path / "none.yaml"), code=3)
        assert "none.yaml" in heard.err and heard.out == ""

    def test_recording_a_mistaken_plan_names_the_first_problem_and_where_the_rest_are_listed(self, anju, tmp_path):
        path = tmp_path / "plan.yaml"
        path.write_text(GOOD.replace("goal: 100", "goal: 1e3").replace("2020-03-31", "soon"), encoding="utf-8")
        heard = anju("init --plan", str(path), code=1)
        assert (
            f"{path}:9:11: targets[0].goal" in heard.err
            and "2 problems" in heard.err
            and "anju plan check" in heard.err
        )


LINES = {path: path.read_bytes().splitlines(keepends=True) for path in (PLAN_2020, EXAMPLE)}


@st.composite
def spoilt_plans(draw):
    """A good plan after a few arbitrary changes: lines gone, doubled, swapped, replaced; text or bytes thrown in."""
    lines = list(LINES[draw(st.sampled_from(list(LINES)))])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        lines[at : at + 1] = draw(
            st.one_of(
                st.just([]),
                st.just([lines[at]] * 2),
                st.just([lines[draw(st.integers(0, len(lines) - 1))]]),
                st.text(max_size=30).map(lambda text: [text.encode("utf-8", "surrogatepass"), b"\n"]),
                st.binary(max_size=30).map(lambda content: [content]),
                st.sampled_from(
                    [
                        b"    parent: raise\n",
                        b"    within: complete\n",
                        b"    goal: 9%\n",
                        b"    pace: {2020-01-01: 1}\n",
                        b"    lead: all\n",
                    ]
                ).map(lambda line, here=lines[at]: [here, line]),
                st.just([lines[at].replace(b": ", b": {", 1)]),
                st.just([lines[at][:-4], b"\n"]),
            )
        )
        lines = lines or [b"\n"]
    return b"".join(lines)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoilt_plans())
def test_however_a_plan_is_spoilt_every_problem_names_a_line_of_the_file(tmp_path, content):
    """Either the plan is still good, or there are problems, each in a line that is there; never anything else."""
    path = tmp_path / "spoilt.yaml"
    path.write_bytes(content)
    loaded = plan_file.load(path)
    assert (loaded.plan is None) == bool(loaded.problems)
    last = content.count(b"\n") + content.replace(b"\r\n", b"").count(b"\r") + 1
    for problem in loaded.problems:
        assert 1 <= problem.line <= last and problem.column >= 1
        assert str(problem).isprintable()
    assert loaded.problems == sorted(loaded.problems)


def shapes(kind=sections.FileShape):
    """Every shape that a plan file is made of."""
    yield kind
    for field in kind.model_fields.values():
        for part in (field.annotation, *get_args(field.annotation)):
            if isinstance(part, type) and issubclass(part, shape.Shape):
                yield from shapes(part)


class TestNew:
    def test_what_it_prints_passes_the_check(self, anju, tmp_path):
        (tmp_path / "mine.yaml").write_text(anju("plan new").out, encoding="utf-8")
        assert anju("plan check", str(tmp_path / "mine.yaml")).out == ""

    @pytest.mark.parametrize("key", sorted({name for kind in shapes() for name in kind.model_fields}))
    def test_every_key_is_explained_in_chinese_and_in_english(self, anju, key):
        """In a comment on a line that has the key, or right above it."""
        lines = ["", *anju("plan new").out.splitlines()]
        comments = [
            f"{above if above.lstrip().startswith('#') else ''} {line.partition('#')[2]}"
            for above, line in pairwise(lines)
            if re.search(rf"\b{key}:", line.partition("#")[0])
        ]
        assert any(re.search(r"[\u4e00-\u9fff]{2}", said) and re.search(r"[A-Za-z]{3}", said) for said in comments), (
            comments
        )

    def test_it_shows_every_pace_and_every_reporting(self, anju):
        text = anju("plan new").out
        for word in (*values.PACES, *shape.Reporting, values.UNDATED, "all"):
            assert re.search(rf"\b{word}\b", text), word


class TestSchema:
    """The JSON Schema is for editors, which type scalars as YAML does; dates are text to them."""

    @pytest.fixture
    def validator(self, anju):
        schema = anju("plan schema").json
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema.Draft202012Validator(schema)

    @staticmethod
    def as_an_editor_reads(text):
        """Scalars typed, dates as text, keys of mappings too."""

        def plain(value):
            if isinstance(value, dict):
                return {str(key): plain(each) for key, each in value.items()}
            if isinstance(value, list):
                return [plain(each) for each in value]
            return value if isinstance(value, (int, float, str, bool, type(None))) else value.isoformat()

        return plain(yaml.safe_load(text))

    @pytest.mark.parametrize(
        "text",
        [PLAN_2020.read_text(encoding="utf-8"), EXAMPLE.read_text(encoding="utf-8"), GOOD],
        ids=["2020", "example", "small"],
    )
    def test_good_plans_are_valid(self, validator, text):
        assert [error.message for error in validator.iter_errors(self.as_an_editor_reads(text))] == []

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            pytest.param("measure:", "mesure:", id="unknown key"),
            pytest.param("en: Raised", "fr: Construits", id="unknown language"),
            pytest.param("id: raise\n", "note: 甲\n", id="missing key"),
            pytest.param("reporting: summary", "reporting: sumary", id="unknown reporting"),
            pytest.param("pace: even", "pace: evenly", id="unknown pace"),
            pytest.param("milestones:", "milestone:", id="unknown section"),
            pytest.param("year: 2020", "year: next", id="a year in words"),
        ],
    )
    def test_mistaken_plans_are_not(self, validator, old, new):
        assert not validator.is_valid(self.as_an_editor_reads(GOOD.replace(old, new, 1)))


ORDERED = ("--document", "坪安居办〔2020〕12号", "--effective", "2020-08-01")


def written(tmp_path, text, name="plan.yaml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def adjusted(tmp_path, *changes):
    """The 2020 plan with changes; each must hit."""
    text = PLAN_2020.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return written(tmp_path, text, "adjusted.yaml")


def target_row(report, id):
    return next(row for row in report["targets"] if row["id"] == id and row["unit"] is None)


class TestApply:
    """A plan is adjusted by recording a new revision of it, which rests on a document and holds from a date."""

    RAISED = ("goal: 4713", "goal: 5200")

    @pytest.mark.parametrize(
        "words",
        [(), ORDERED[:2], ORDERED[2:]],
        ids=["neither", "a document without a date", "a date without a document"],
    )
    def test_an_adjustment_needs_its_document_and_its_date(self, office, tmp_path, words):
        refused = office("plan apply", adjusted(tmp_path, self.RAISED), *words, code=2)
        assert "--document NUMBER --effective DATE" in refused.err
        assert [row["revision"] for row in office("plan list --json").json] == [0]

    def test_a_plan_that_did_not_change_is_refused(self, office):
        refused = office("plan apply", str(PLAN_2020), *ORDERED, code=4)
        assert "nothing to record" in refused.err

    def test_a_comment_or_another_layout_is_no_change(self, office, tmp_path):
        office("plan apply", adjusted(tmp_path, ("targets:\n", "targets:\n  # 目标任务\n")), *ORDERED, code=4)

    def test_a_goal_raised_from_august_leaves_the_first_half_year_and_changes_the_second(self, office, tmp_path):
        office("progress add raise 2600 --unit hsc --on 2020-06-01")
        office("plan apply", adjusted(tmp_path, self.RAISED), *ORDERED)
        half, later = (
            target_row(office(f"report quarter {q} --json", today="2020-11-01").json, "raise") for q in ("Q2", "Q3")
        )
        assert (half["goal"], half["goal_original"], half["completion_rate"]) == (4713, 4713, 55.2)
        assert (later["goal"], later["goal_original"]) == (5200, 4713)
        assert (later["completion_rate"], later["completion_rate_original"]) == (50.0, 55.2)
        assert (later["expected"], later["expected_rate"]) == (3900, 75.0)

    def test_a_report_names_the_revision_and_the_document_that_it_rests_on(self, office, tmp_path):
        office("plan apply", adjusted(tmp_path, self.RAISED), *ORDERED)
        half, later = (office(f"report quarter {q} --json", today="2020-11-01").json for q in ("Q2", "Q3"))
        assert (half["revision"], half["document"]) == (0, None)
        assert (later["revision"], later["document"]) == (1, "坪安居办〔2020〕12号")

    def test_a_dry_run_records_nothing(self, office, tmp_path):
        office("plan apply --dry-run", adjusted(tmp_path, self.RAISED), *ORDERED)
        assert [row["revision"] for row in office("plan list --json").json] == [0]

    def test_a_mistaken_plan_is_not_recorded(self, office, tmp_path):
        office("plan apply", adjusted(tmp_path, ("goal: 4713", "goal: 5,200")), *ORDERED, code=1)
        assert [row["revision"] for row in office("plan list --json").json] == [0]

    def test_the_differences_are_listed_field_by_field(self, office, tmp_path):
        office("plan apply", adjusted(tmp_path, self.RAISED, ("zh: 供应,", "zh: 供应住房,")), *ORDERED)
        rows = office("plan diff --json").json
        assert [(row["item"], row["field"], row["before"], row["after"]) for row in rows] == [
            ("raise", "goal", "4713", "5200"),
            ("supply", "name", "供应", "供应住房"),
        ]
        said = office("plan diff").out
        assert "4713" in said and "5200" in said
        assert office("plan diff --exit-code", code=1).out == said

    def test_an_item_added_or_gone_is_one_difference(self, office, tmp_path):
        pub = re.search(r"  - id: pub-open\n.*?(?=\n\n)", PLAN_2020.read_text(encoding="utf-8"), re.S)[0]
        office("plan apply", adjusted(tmp_path, (pub, pub.replace("pub-open", "pub-clear"))), *ORDERED)
        rows = {(row["item"], row["before"] is None, row["after"] is None) for row in office("plan diff --json").json}
        assert ("pub-open", False, True) in rows and ("pub-clear", True, False) in rows

    def test_a_plan_compared_with_itself_has_no_differences(self, office):
        assert office("plan diff --json --exit-code").json == []

    def test_an_unknown_revision_is_refused_with_those_that_there_are(self, office):
        assert "the revisions are 0" in office("plan diff 0 7", code=2).err


@pytest.mark.parametrize(
    ("entry", "old", "new", "lost"),
    [
        pytest.param("survey 50 --unit hsc", "- id: survey\n", "- id: survey-new\n", "survey: removed", id="a milestone removed"),
        pytest.param("invest 20 --unit tal", "measure: 万元", "measure: 亿元", "invest: measure", id="another measure"),
        pytest.param("invest 20 --unit tal", "decimals: 1", "decimals: 2", "invest: decimals", id="other decimals"),
        pytest.param("three-duty 20 --unit hsc", "each: true ", "each: false ", "three-duty: each", id="each"),
        pytest.param("reno-north 20 --unit hsc", "北片改造, en: Renovation north}, parent: reno, goal: 900",
                     "北片改造, en: Renovation north}, measure: 户, due: undated, pace: none, goal: 900", "reno-north: parent", id="another parent"),
        pytest.param("raise-new 20 --unit hsc", "within: raise ", "within: invest-2 ", "raise-new: within", id="another whole"),
        pytest.param("wat-river 2 --unit wat", "  - {id: wat-river, name: {zh: 河道审查, en: River review}, lead: [wat], measure: 件, reporting: case}\n",
                     "", "wat-river: removed", id="a duty removed"),
    ],
)  # fmt: skip
def test_an_item_with_entries_may_not_be_removed_or_change_what_its_entries_mean(
    district, tmp_path, entry, old, new, lost
):
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    if "invest-2" in new:
        text = text.replace(
            "milestones:\n",
            "  - {id: invest-2, name: 别, lead: [hsc], goal: 2000, measure: 套, due: undated, pace: none}\nmilestones:\n",
        )
    path = written(tmp_path, text.replace(old, new))
    assert district("plan check", path).out == ""
    district("plan apply --dry-run", path, *ORDERED)
    district(f"progress add {entry} --on 2020-02-01")
    refused = district("plan apply", path, *ORDERED, code=4)
    assert lost in refused.err


def test_a_target_with_entries_may_not_become_a_ratio_or_a_duty(district, tmp_path):
    district("progress add subsidy 5 --unit hsc --on 2020-02-01")
    text = EXAMPLE.read_text(encoding="utf-8")
    start, end = text.index("  - id: subsidy\n"), text.index("milestones:\n")
    end = text.rindex("\n\n", start, end) + 2
    duty = "  - {id: subsidy, name: 补贴, lead: [hsc], measure: 户, reporting: quantity}\n"
    became = text[:start] + text[end:].replace("duties:\n", "duties:\n" + duty, 1)
    refused = district("plan apply", written(tmp_path, became), *ORDERED, code=4)
    assert "subsidy: kind" in refused.err


@pytest.mark.parametrize(
    "line",
    [
        "progress add sub-support --unit sub-west --on 2020-02-01 --note done",
        "tasks assign look --source 会议 --unit sub-west --due 2020-07-20",
        "review confirm sub-west -q Q1",
        "projects facility PS-1 供水 --unit sub-west",
    ],
)
def test_a_body_that_something_recorded_names_may_not_be_removed(district, tmp_path, line):
    district("projects add PS-1 --name x --homes 4 --way build")
    district("review open Q1")
    district("review lock Q1")
    district(line)
    member = "      - {id: sub-west, name: {zh: 西街道办事处, en: West Sub-district Office}}\n"
    refused = district(
        "plan apply", written(tmp_path, EXAMPLE.read_text(encoding="utf-8").replace(member, "")), *ORDERED, code=4
    )
    assert "sub-west" in refused.err


class TestSeveralPlans:
    """Plans of other ids live side by side in one database."""

    @prepared
    def both(self, office, tmp_path):
        office("plan apply", str(EXAMPLE))
        return office

    @prepared
    def years(self, office, tmp_path):
        """The plan of 2020 and one of 2022, which leave a gap between their spans."""
        text = GOOD.replace("2020", "2022")
        office("plan apply", written(tmp_path, text))
        return office

    def test_a_plan_with_another_id_is_added_beside_and_needs_no_document(self, both):
        listed = {row["plan"]: row["revision"] for row in both("plan list --json").json}
        assert listed == {"pingshan-2020": 0, "example-2020": 0}

    def test_an_option_or_a_variable_chooses_and_the_option_is_stronger(self, both):
        assert both("report year --json --plan pingshan-2020").json["plan"] == "pingshan-2020"
        assert both("report year --json", ANJU_PLAN="pingshan-2020").json["plan"] == "pingshan-2020"
        assert both("report year --json --plan example-2020", ANJU_PLAN="pingshan-2020").json["plan"] == "example-2020"
        assert both("report year --json --plan example-2020").err == ""

    def test_otherwise_the_earliest_whose_span_holds_today_is_taken_with_a_word_on_stderr(self, years):
        for today, plan in [
            ("2020-07-15", "pingshan-2020"),
            ("2021-01-15", "pingshan-2020"),
            ("2022-07-15", "small-2022"),
        ]:
            heard = years("report year --json", today=today)
            assert heard.json["plan"] == plan
            assert plan in heard.err and "--plan" in heard.err

    def test_where_no_span_holds_today_the_plans_are_listed(self, years):
        refused = years("report year", code=2, today="2021-06-01")
        assert "pingshan-2020" in refused.err and "small-2022" in refused.err and "--plan" in refused.err

    def test_an_unknown_plan_is_refused_with_those_that_there_are(self, both):
        refused = both("report year --plan pingshan-2021", code=2)
        assert "pingshan-2020" in refused.err and "example-2020" in refused.err

    def test_entries_are_booked_in_the_plan_that_is_chosen(self, both):
        both("progress add raise 600 --unit hsc -q Q2 --plan example-2020")
        booked = {
            plan: len(both(f"progress list --json --plan {plan}").json) for plan in ("example-2020", "pingshan-2020")
        }
        assert booked == {"example-2020": 1, "pingshan-2020": 0}
