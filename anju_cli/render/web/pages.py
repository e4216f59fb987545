"""Any page as one HTML file, and what all of them share: style, script, the policy that lets nothing else run."""

from base64 import b64encode
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from anju_cli.i18n import language
from anju_cli.render.page import Page
from anju_cli.render.templating import shipped, web

LANGUAGES = {"zh": "zh-CN", "en": "en"}


def page_html(page: Page) -> bytes:
    """Any page as one HTML file."""
    title = page.title or next((table.title for table in page.tables), "")
    return html("page.html.j2", page=page, title=title)


def html(template: str, **context: Any) -> bytes:
    """A template of ours as one file: its style and script inside, named by their hash, and nothing else allowed."""
    style, script = shipped("style.css"), shipped("sort.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    # The two files are our own and hold no value, so they stand in the page as they are.
    own = {"style": Markup(style), "script": Markup(script), "policy": policy}
    made = web().get_template(template).render(**context, **own, lang=LANGUAGES[language()])
    return made.encode("utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
