"""Everything anju can refuse or fail at. The exit code lives on the class; one boundary prints it."""

from collections.abc import Sequence


class AnjuError(Exception):
    """A failure that is said in one line: WHAT (got VALUE), and a hint where there is one."""

    exit_code = 70

    problems: Sequence[object] = ()
    """What is wrong, one by one, where there is more than one line to say; each is printed on a line of its own."""

    def __init__(self, what: str, *, got: object = None, hint: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.got = got
        self.hint = hint


class Findings(AnjuError):
    """The data was read and is not right: exit 1."""

    exit_code = 1


class Unclear(AnjuError):
    """The argument cannot be read, or names nothing or several things: exit 2."""

    exit_code = 2


class Unavailable(AnjuError):
    """The environment is at fault: database missing, locked, full, foreign, newer; output not writable: exit 3."""

    exit_code = 3


class Refused(AnjuError):
    """Understood, and a rule forbids it: exit 4."""

    exit_code = 4
