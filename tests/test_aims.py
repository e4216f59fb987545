"""What a plan file may say of directions, levels, baselines and goals of nothing; every mistake with its place."""

import pytest

HEAD = """\
plan: {id: p-2020, year: 2020, region: 某区, title: 方案, issuer: 办公室}
units:
  - {id: a, name: 甲}
  - {id: b, name: 乙}
targets:
"""
LEVEL = "measure: 天, due: 2020-12-31, pace: none, level: true"


@pytest.fixture
def checked(anju, tmp_path):
    """What `plan check` says of targets, each given by its keys."""

    def check(*targets, code=0, lang="en"):
        lines = [f"  - {{lead: [a], {keys}}}\n" for keys in targets]
        (tmp_path / "p.yaml").write_text(HEAD + "".join(lines), encoding="utf-8")
        heard = anju(f"plan check {tmp_path / 'p.yaml'}", code=code, lang=lang)
        strip = f"{tmp_path / 'p.yaml'}:"
        return [line.removeprefix("warning: ").removeprefix(strip) for line in (heard.out + heard.err).splitlines()]

    return check


def keys(id, **more):
    known = {"name": id, "goal": "10", "measure": "天", "due": "2020-12-31", "pace": "none"} | more
    return f"id: {id}, " + ", ".join(f"{key}: {value}" for key, value in known.items() if value)


GOOD = [
    pytest.param([keys("x", direction="at_most")], id="a ceiling of a sum"),
    pytest.param([keys("x", goal="0", direction="at_most")], id="a ceiling of nothing"),
    pytest.param([keys("x", direction="at_most", pace="{2020-06-30: 4, 2020-12-31: 10}")], id="a ceiling in steps"),
    pytest.param([keys("x", level="true", pace="even")], id="a level that rises evenly"),
    pytest.param([keys("x", level="true", signed="true", goal="-3")], id="a level below nothing"),
    pytest.param([keys("x", level="true", signed="true", goal="0")], id="a level that is to come to nothing"),
    pytest.param(
        [keys("x", level="true", direction="at_most", pace="{2020-06-30: 30, 2020-12-31: 10}")], id="ceilings that fall"
    ),
    pytest.param(
        [keys("x", level="true", direction="at_most", baseline="{value: 20, on: 2019-12-31}", pace="even")],
        id="a way down",
    ),
    pytest.param(
        [keys("x", level="true", direction="at_most", baseline="{value: 20, on: 2019-12-31}", goal="0", pace="even")],
        id="a way down to nothing",
    ),
    pytest.param([keys("x", direction="at_most", goal=""), keys("y", parent="x")], id="a child has the parent's side"),
    pytest.param([keys("x", direction="at_most", allocations="{a: 4, b: 6}")], id="a ceiling in parts"),
    pytest.param(
        [
            keys("r", goal="5%", direction="at_most", measure="", ratio="{of: x, to: y}"),
            keys("x", goal=""),
            keys("y", goal=""),
        ],
        id="a ceiling of a ratio",
    ),
]


@pytest.mark.parametrize("targets", GOOD)
def test_what_real_plans_set_is_taken(checked, targets):
    assert checked(*targets) == []


BASE = "{value: 20, on: 2019-12-31}"
WRONG = [
    (keys("x", goal="0"), "targets[0].goal: found 0, expected more than 0; where nothing is to happen, direction: at_most"),
    (keys("x", direction="below"), "targets[0].direction: found 'below', expected one of at_least, at_most"),
    (keys("x", direction="at_most", pace="even"), "targets[0].pace: found even, expected dated steps, year_end or none: a ceiling is not used up evenly"),
    (keys("x", signed="true"), "targets[0].signed: found true, expected level: true as well; a sum is never below 0"),
    (keys("x", baseline=BASE), "targets[0].baseline: found 20, expected level: true as well; a sum begins at nothing"),
    (keys("x", level="true", baseline=BASE), "targets[0].baseline.value: found 20, expected less than the goal, 10"),
    (keys("x", level="true", direction="at_most", baseline="{value: 10, on: 2019-12-31}"), "targets[0].baseline.value: found 10, expected more than the goal, 10"),
    (keys("x", level="true", goal="", baseline=BASE), "targets[0].baseline: found 20, expected a goal, to which the way leads from there"),
    (keys("x", level="true", direction="at_most", baseline="{value: 20, on: 2020-12-31}"), "targets[0].baseline.on: found 2020-12-31, expected a day before 2020-12-31"),
    (keys("x", level="true", direction="at_most", baseline="{value: 20%, on: 2019-12-31}"), "targets[0].baseline.value: found '20%', expected a number such as 55.2"),
    (keys("x", level="true", pace="projects"), "targets[0].pace: found projects, expected another pace: a level is not made of projects"),
    (keys("x", level="true", allocations="{a: 10}"), "targets[0].allocations: found allocations, expected no allocations: a level is not summed"),
    (keys("x", level="true", goal="-3"), "targets[0].goal: found '-3', expected a quantity such as 4713 or 12345.5, or a share such as 70%"),
    (keys("x", level="true", direction="at_most", baseline=BASE, pace="{2020-06-30: 12, 2020-09-30: 15, 2020-12-31: 10}"), "targets[0].pace.2020-09-30: found 15, expected no more than the step before"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "problem"), WRONG, ids=lambda value: value.partition(": found")[0][:50])
def test_a_mistake_is_named_with_its_place(checked, target, problem):
    assert [line.split(": ", 1)[1] for line in checked(target, code=1)] == [problem]


def test_a_goal_of_nothing_is_refused_in_chinese_too(checked):
    assert "direction: at_most" in checked(keys("x", goal="0"), code=1, lang="zh")[0]


@pytest.mark.parametrize(
    ("targets", "at"),
    [
        ([keys("x", level="true"), keys("y", within="x")], "targets[1].within"),
        ([keys("x", level="true", goal=""), keys("y", parent="x")], "targets[0].level"),
        ([keys("x"), keys("y", level="true", within="x")], "targets[1].within"),
        ([keys("x", level="true"), keys("y", goal=""), keys("r", goal="", measure="", ratio="{of: x, to: y}")], "targets[2].ratio.of"),
        ([keys("x"), keys("y", within="x", direction="at_most")], "targets[1].direction"),
        ([keys("x", direction="at_most", goal=""), keys("y", parent="x", direction="at_least")], "targets[1].direction"),
    ],
    ids=["a part of a level", "a child of a level", "a level that is a part", "a ratio of a level", "another side", "and of a child"],
)  # fmt: skip
def test_a_level_stands_alone_and_parts_are_on_the_side_of_their_whole(checked, targets, at):
    assert any(f": {at}: found" in f": {line.split(': ', 1)[1]}" for line in checked(*targets, code=1))


@pytest.mark.parametrize(
    "name",
    ["失业率不高于5%", "费用不超过上年", "失业率控制在5%", "5%以内", "漏损率低于9.5%", "能耗下降3%", "Waiting of at most 5 days", "Kept BELOW 5"],
)  # fmt: skip
def test_a_name_that_speaks_of_a_ceiling_without_a_direction_is_warned_of_and_taken(checked, name):
    (line,) = checked(keys("x", name=f"'{name}'"))
    assert line.startswith("6:") and "targets[0].name" in line and "at_most" in line
    assert checked(keys("x", name=f"'{name}'", direction="at_most")) == []
    assert checked(keys("x", name=f"'{name}'", direction="at_least")) == []


@pytest.mark.parametrize("name", ["优良率不低于80%", "合格率", "At least five", "Not below 5", "床位下降不了"[:2]])
def test_any_other_name_is_not(checked, name):
    assert checked(keys("x", name=f"'{name}'")) == []
