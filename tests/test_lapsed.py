"""`units overdue` also shows slips that have lapsed and facilities that should be in use, as blocks of their own."""

import pytest

from tests.conftest import prepared

SLIP, FACILITY = "slip_overdue", "facility_overdue"


@prepared
def late(office):
    """A slip to the housing centre lapsed five days ago; homes were supplied on 1 July, and of their facilities two lack."""
    office("slips issue raise --unit hsc --due 7-10", today="2020-06-20")
    office("slips issue supply --unit hsc --due 7-31", today="2020-06-20")
    office("projects add PS-01 --name 坪山一期 --homes 400 --on 2020-06-01")
    office("projects edit PS-01 --actual supply=2020-07-01 --reason 入住", today="2020-07-01")
    for kind, unit, more in (
        ("water", "wat", "--planned 6-20"), ("bus", "tra", ""), ("gas", "hsc", "--planned 6-20 --in-use 6-25"),
        ("education", "edu", "--planned 7-5"), ("culture", "edu", "--planned 9-30"),
    ):  # fmt: skip
        office(f"projects facility PS-01 {kind} --unit {unit} {more}", today="2020-07-01")


def rows(heard_by, line="", **more):
    known = heard_by(f"units overdue --json {line}", **more).json
    return [(row["reason"], row["unit"], row["item"]) for row in known if row["reason"] in (SLIP, FACILITY)]


def test_both_follow_the_other_kinds_worst_first(late):
    assert rows(late) == [
        (SLIP, "hsc", "S1"), (FACILITY, "tra", "PS-01.bus"), (FACILITY, "wat", "PS-01.water"),
        (FACILITY, "edu", "PS-01.education"),
    ]  # fmt: skip
    reasons = [row["reason"] for row in late("units overdue --json").json]
    order = ["overdue", "behind", "unreported", "returned", "late_return", SLIP, FACILITY]
    assert reasons == sorted(reasons, key=order.index)


def test_a_row_says_what_is_late_by_how_much_and_on_what_ground(late):
    found = {row["item"]: row for row in late("units overdue --json").json}
    slip, water, education = (found[item] for item in ("S1", "PS-01.water", "PS-01.education"))
    assert (slip["kind"], slip["item_name"], slip["due"], slip["days_overdue"], slip["working_days_overdue"]) == (
        "slip", "建设筹集", "2020-07-10", 5, 3,
    )  # fmt: skip
    assert (water["kind"], water["item_name"], water["due"], water["days_overdue"]) == (
        "facility", "坪山一期·供水", "2020-07-01", 14,
    )  # fmt: skip
    assert (education["due"], education["due_original"], education["days_overdue"]) == ("2020-07-05", "2020-07-05", 10)
    assert water["clause"] == "一(三)" and water["quarter"] == "Q3"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param(f"--reason {SLIP}", ["S1"], id="slips alone"),
        pytest.param("--reason 督办单逾期", ["S1"], id="slips by their word"),
        pytest.param(f"--reason {FACILITY}", ["PS-01.bus", "PS-01.water", "PS-01.education"], id="facilities alone"),
        pytest.param("--reason overdue", [], id="another kind"),
        pytest.param("--unit edu", ["PS-01.education"], id="of one unit"),
        pytest.param("--quarter Q2", [], id="of another quarter"),
        pytest.param(
            "--as-of 2020-07-10", ["PS-01.bus", "PS-01.water", "PS-01.education"], id="on the slip's last day"
        ),
        pytest.param("--as-of 2020-06-30", [], id="before the homes were supplied"),
    ],
)
def test_it_is_asked_for_as_the_others_are(late, line, found):
    assert [item for _reason, _unit, item in rows(late, line)] == found


@pytest.mark.parametrize(
    ("line", "left"),
    [
        pytest.param("slips close 1 --on 7-14 --note 已办结", ["PS-01.bus", "PS-01.water", "PS-01.education"], id="the slip is closed"),
        pytest.param(
            "slips extend 1 --due 8-10 --reason 材料待批", ["PS-01.bus", "PS-01.water", "PS-01.education"], id="it is extended"
        ),
        pytest.param(
            "projects facility PS-01 water --in-use 7-14 --reason 通水", ["S1", "PS-01.bus", "PS-01.education"], id="in use"
        ),
        pytest.param(
            "projects facility PS-01 bus --not-needed --reason 已有公交", ["S1", "PS-01.water", "PS-01.education"],
            id="not needed",
        ),
    ],
)  # fmt: skip
def test_what_is_done_is_late_no_more(late, line, left):
    late(line)
    assert [item for _reason, _unit, item in rows(late)] == left


@pytest.mark.parametrize(
    ("lang", "heads"),
    [("en", ("Slip lapsed (1)", "Facility not in use (3)")), ("zh", ("督办单逾期（1）", "配套设施逾期（3）"))],
)
@pytest.mark.parametrize("detail", ["", "--detail"])
def test_they_have_blocks_of_their_own(late, lang, heads, detail):
    out = late(f"units overdue {detail}", lang=lang).out
    assert all(head in out for head in heads)
    assert "S1 " in out and "坪山一期" in out


def test_where_there_are_none_no_block_says_so(office):
    out = office("units overdue").out
    assert "Slip lapsed" not in out and "Facility not in use" not in out and "Late return (0)" in out
    assert "Slip lapsed (0)" in office(f"units overdue --reason {SLIP}").out


@pytest.mark.parametrize(("unit", "item"), [("hsc", "S1"), ("wat", "PS-01.water")])
def test_they_stand_in_the_units_report(late, unit, item):
    assert item in [row["item"] for row in late(f"report unit {unit} --json").json["late"]]
    assert item in [row["item"] for row in late(f"report unit {unit} -q Q2 --json").json["late"]]


def test_they_are_no_evidence_and_in_no_count_of_work(late):
    evidence = [line for row in late("interviews propose Q2 --json").json for line in row["evidence"]]
    assert not any("供水" in line or "S1" in line for line in evidence)
    report = late("report quarter Q2 --json").json
    assert report["totals"]["overdue"] == late("report quarter Q2 --json --as-of 2020-06-30").json["totals"]["overdue"]
