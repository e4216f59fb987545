"""The trend as a picture: one panel for each target."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from anju_cli.i18n import _, named
from anju_cli.render.templating import shipped, web
from anju_cli.render.web.charts import HEIGHT, WIDTH, Chart, trend_chart
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.year import TrendPoint

COLUMNS = 2
GAP, HEAD = 16, 58


class Panel(NamedTuple):
    """A target's curve and where it stands."""

    x: int
    y: int
    title: str
    said: str
    chart: Chart


def trend_svg(points: list[TrendPoint]) -> bytes:
    """The picture, as one SVG file in light colours: it is pasted into papers."""
    groups = [list(group) for _item, group in groupby(points, key=lambda point: point.item)]
    columns = min(COLUMNS, max(1, len(groups)))
    panels = [_panel(number, rows, columns) for number, rows in enumerate(groups)]
    rows = -(-len(groups) // columns)
    as_of = points[-1].on if points else None
    made = (
        web()
        .get_template("trend.svg.j2")
        .render(
            panels=panels,
            width=columns * (WIDTH + GAP) + GAP,
            height=HEAD + rows * (HEIGHT + HEAD) + GAP,
            title=_("Trend by month"),
            said=_("As of {as_of}").format(as_of=labels.long_date(as_of)) if as_of else _("Nothing yet."),
            words={"reached": _("Cumulative"), "expected": _("Expected")},
            style=Markup(shipped("charts.css")),
        )
    )
    return made.encode("utf-8")


def _panel(number: int, rows: list[TrendPoint], columns: int) -> Panel:
    last = rows[-1]
    name = labels.aside(named(last.name, last.name_en), last.measure)
    reached = "—" if last.cumulative is None else f"{last.cumulative}"
    said = [f"{reached} / {labels.ceiling(last.direction)}{last.goal}" if last.goal is not None else reached]
    said += [labels.pair(_("Completion (%)"), last.completion_rate)] if last.completion_rate is not None else []
    said += [labels.pair(_("Expected (%)"), last.expected_rate)] if last.expected_rate is not None else []
    said += [labels.light(last.light)] if last.light else []
    return Panel(
        x=GAP + number % columns * (WIDTH + GAP),
        y=HEAD + number // columns * (HEIGHT + HEAD),
        title=name,
        said=" · ".join(said),
        chart=trend_chart(rows),
    )
