"""Which plan a page is of, where its own head does not say."""

from anju_cli.domain.plan import Plan
from anju_cli.i18n import named
from anju_cli.render.page import Page
from anju_cli.render.wording import labels


def headed(page: Page, plan: Plan) -> Page:
    """The page with its plan in the head: a file may hold several, and paper does not say from which it came."""
    if any(plan.id in line for line in (page.title, *page.lines)):
        return page
    return page._replace(lines=[labels.aside(named(plan.title, plan.title_en), plan.id), *page.lines])
