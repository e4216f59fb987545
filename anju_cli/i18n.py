"""Two languages by gettext. English is the source; `locale/zh_CN` holds the official Chinese wording.

Strings are looked up when they are shown, never when a module is imported, so that the language can be
chosen after the command line is read.
"""

import errno
import gettext
import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

LANGUAGES = ("zh", "en")
_CATALOGUES = Path(__file__).parent / "locale"
_FOLDERS = {"zh": "zh_CN", "en": "en"}

_language = "en"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str | None) -> None:
    """Speak `language` from now on: `zh`, `en`, or None for what ANJU_LANG and the locale say."""
    global _language, _catalogue
    _language = language if language in LANGUAGES else preferred()
    _catalogue = gettext.translation("anju", _CATALOGUES, [_FOLDERS[_language]], fallback=True)


def preferred() -> str:
    """The language of the surroundings: ANJU_LANG, else the locale, else English."""
    asked = os.environ.get("ANJU_LANG", "")
    if asked in LANGUAGES:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    system = locale.getlocale()[0] or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"


def language() -> str:
    """The language in use: `zh` or `en`."""
    return _language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` for a while, and afterwards the one that was in use: papers are Chinese whatever that is."""
    before = _language
    use(language)
    try:
        yield
    finally:
        use(before)


def _(text: str) -> str:
    """`text` in the language in use."""
    return _catalogue.gettext(text) if text else text


def pgettext(context: str, text: str) -> str:
    """`text`, as it is worded in `context`, in the language in use."""
    return _catalogue.pgettext(context, text)


Named = TypeVar("Named")


def named(name: Named, name_en: Named) -> Named:
    """Of a bilingual name, the one in the language in use."""
    return name if _language == "zh" else name_en


def why(fault: OSError) -> str:
    """Why the operating system refuses a file, in the language in use; of an unusual reason its code."""
    usual = {
        errno.ENOENT: _("there is no such folder or file"),
        errno.EACCES: _("it is not permitted"),
        errno.EPERM: _("it is not permitted"),
        errno.EROFS: _("the disk is read-only"),
        errno.ENOSPC: _("the disk is full"),
        errno.EDQUOT: _("the disk is full"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("a part of the path is not a folder"),
        errno.EEXIST: _("there is already a file here"),
        errno.ENAMETOOLONG: _("the name is too long"),
        errno.ELOOP: _("the link leads back to itself"),
        errno.EIO: _("the disk could not be read or written"),
        errno.ETXTBSY: _("another program uses the file"),
        errno.EBUSY: _("another program uses the file"),
        errno.EMFILE: _("too many files are open"),
        errno.ENFILE: _("too many files are open"),
    }
    code = errno.errorcode.get(fault.errno or 0, type(fault).__name__)
    return usual.get(fault.errno or 0) or _("the operating system refuses it: {code}").format(code=code)
