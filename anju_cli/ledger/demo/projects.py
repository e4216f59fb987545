"""Made-up projects for the demo: one on time, one that has slipped, one supplied without its bus, one carried over."""

from anju_cli.ledger.book import Book
from anju_cli.ledger.projects.editing import ProjectStatement, StatedGrounds, add, edit, facility, schedule

# code, name, what it is, what it brings to targets
PROJECTS = [
    (
        "YS-01",
        "演示项目一（虚构）",
        {"homes": "300", "way": "build", "type": "公租房", "stage": "basic", "sub_district": "坑梓街道"},
        ["complete=300@2020-06-30"],
    ),
    (
        "YS-02",
        "演示项目二（虚构）",
        {"homes": "400", "way": "build", "type": "人才房", "stage": "structure", "sub_district": "龙田街道"},
        ["complete=400@2020-09-30"],
    ),
    (
        "YS-03",
        "演示项目三（虚构）",
        {
            "homes": "240",
            "way": "inclusionary",
            "type": "公租房",
            "stage": "final",
            "sub_district": "马峦街道",
        },
        ["supply=240@2020-06-30"],
    ),
    (
        "YS-04",
        "演示项目四（虚构）",
        {
            "homes": "160",
            "way": "acquire",
            "type": "安居房",
            "stage": "not_started",
            "carried_from": "2018",
            "slow": "演示：用地未落实",
            "problem": "演示：用地未落实",
        },
        ["raise=160@2020-12-31"],
    ),
]

# project, kind, unit, planned, in use since
FACILITIES = [
    ("YS-03", "water", "wat", "2020-05-31", "2020-06-20"),
    ("YS-03", "power", None, "2020-05-31", "2020-06-10"),
    ("YS-03", "gas", "hcb", "2020-06-15", "2020-06-25"),
    ("YS-03", "road", "pwb", "2020-06-15", "2020-06-28"),
    ("YS-03", "bus", "tra", "2020-06-30", None),
    ("YS-03", "education", "edu", "2020-09-01", None),
    ("YS-02", "water", "wat", "2020-08-31", None),
]


def tell(book: Book) -> None:
    """Record them, as the office would have at the year's beginning and since."""
    begun, since = StatedGrounds(on="2020-01-15"), StatedGrounds(on="2020-07-06", reason="演示：雨季影响主体施工")
    for code, name, own, targets in PROJECTS:
        add(book, code, ProjectStatement({"name": name} | own, targets), begun)
    for code, kind, unit, planned, in_use in FACILITIES:
        facility(book, code, kind, {"unit": unit, "planned": planned}, begun)
        if in_use:
            facility(book, code, kind, {"actual": in_use}, StatedGrounds(on=in_use))
    edit(book, "YS-02", ProjectStatement(current=["complete=2021-03-31"]), since)
    supplied = StatedGrounds(on="2020-07-02", reason="演示：交付入住")
    edit(book, "YS-03", ProjectStatement({"supplied": "2020-07-01"}, actual=["supply=2020-06-30"]), supplied)
    nodes = ["主体施工=210", "装饰装修=120", "竣工验收=45"]
    schedule(book, "YS-02", "2021-03-31", nodes, (), begun)
