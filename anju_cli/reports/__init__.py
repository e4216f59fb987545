"""Everything that is asked: each report is a function of a view, and its answer a frozen dataclass.

A command imports the reports that it always makes from their modules; these are loaded when they are asked for.
"""

from typing import TYPE_CHECKING

from anju_cli.lazily import lazily

if TYPE_CHECKING:
    from anju_cli.reports.checks.verify import faults_of_rows
    from anju_cli.reports.quarter.bulletin import bulletin_dossier
    from anju_cli.reports.quarter.confirming import unit_dossier
    from anju_cli.reports.quarter.why import why
    from anju_cli.reports.returns import all_forms, form
    from anju_cli.reports.units import unit_list, unit_report, unit_sheet
    from anju_cli.reports.year import trend, year_report
else:
    __getattr__ = lazily(
        __name__,
        {
            "checks.verify": ("faults_of_rows",),
            "quarter.bulletin": ("bulletin_dossier",),
            "quarter.confirming": ("unit_dossier",),
            "quarter.why": ("why",),
            "returns": ("all_forms", "form"),
            "units": ("unit_list", "unit_report", "unit_sheet"),
            "year": ("trend", "year_report"),
        },
    )

__all__ = [
    "all_forms",
    "bulletin_dossier",
    "faults_of_rows",
    "form",
    "trend",
    "unit_dossier",
    "unit_list",
    "unit_report",
    "unit_sheet",
    "why",
    "year_report",
]
