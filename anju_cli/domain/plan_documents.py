"""A plan as a document: what a revision stores, what is read back, and the digest of the plan alone."""

import json

from anju_cli.domain.digests import digest
from anju_cli.domain.plan import Plan
from anju_cli.domain.records import rebuilt, sparse


def document_of(plan: Plan) -> str:
    """The text that a revision stores: what a plan says, without what is at its default."""
    return json.dumps(sparse(plan), ensure_ascii=False, separators=(",", ":"))


def plan_of_document(document: str) -> Plan:
    """The plan that a stored text states, of whatever version.

    Raises ValueError, TypeError, KeyError or AttributeError where it is no plan.
    """
    return rebuilt(Plan, json.loads(document))


def document_digest(plan: Plan) -> str:
    """The digest of what a plan says, and of nothing else: two files that say the same have the same.

    Unlike a revision's digest it covers neither who recorded it nor when, and it does not change where a later version
    of the program knows more keys.
    """
    return digest([document_of(plan)])
