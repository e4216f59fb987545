"""Plan files: YAML to a resolved plan, with every problem at once and its place."""

from anju_cli.plan_file.loading import EXAMPLE, Loaded, load, load_or_fail, schema, shipped
from anju_cli.plan_file.strict import Problem

__all__ = ["EXAMPLE", "Loaded", "Problem", "load", "load_or_fail", "schema", "shipped"]
