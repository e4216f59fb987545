"""The parts that are costly to load, for the commands that need them: each is loaded when it is asked for."""

from typing import Any


class Tools:
    """The parts that are costly to load, for commands that need them."""

    @property
    def ledger(self) -> Any:
        """Everything that writes."""
        from anju_cli import ledger

        return ledger

    @property
    def demo(self) -> Any:
        """The made-up year."""
        from anju_cli.ledger.demo import year as demo

        return demo

    @property
    def units(self) -> Any:
        """What units answer for."""
        from anju_cli.reports import units

        return units

    @property
    def year(self) -> Any:
        """The year, and the trend."""
        from anju_cli.reports import year

        return year

    @property
    def bulletin(self) -> Any:
        """What stands behind a quarter's report."""
        from anju_cli.reports.quarter import bulletin

        return bulletin

    @property
    def confirming(self) -> Any:
        """What a unit is asked to confirm."""
        from anju_cli.reports.quarter import confirming

        return confirming

    @property
    def registers(self) -> Any:
        """Lists kept by others."""
        from anju_cli import lists as registers

        return registers

    @property
    def importing(self) -> Any:
        """Returns that come as files."""
        from anju_cli.ledger.returns import importing

        return importing

    @property
    def faults_of_rows(self) -> Any:
        """What of a database's rows and seals does not hold."""
        from anju_cli.reports.checks.verify import faults_of_rows

        return faults_of_rows

    @property
    def rebuilding(self) -> Any:
        """A database from an exported ledger."""
        from anju_cli.store import rebuilding

        return rebuilding

    @property
    def plan_file(self) -> Any:
        """Everything that reads plan files."""
        from anju_cli import plan_file

        return plan_file

    @property
    def returns(self) -> Any:
        """What the forms of returns hold."""
        from anju_cli.reports import returns

        return returns

    @property
    def return_form(self) -> Any:
        """The forms of returns as workbooks."""
        from anju_cli.render.sheets import return_form

        return return_form

    @property
    def why(self) -> Any:
        """Why a circulated figure is another today."""
        from anju_cli.reports.quarter import why

        return why
