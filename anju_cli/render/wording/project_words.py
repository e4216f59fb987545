"""The official wording of the register's codes and fields."""

from anju_cli.i18n import _, pgettext


def way(code: str | None) -> str | None:
    """How homes come about, in words."""
    return {"build": _("Built"), "acquire": _("Acquired"), "inclusionary": _("Inclusionary")}.get(code or "", code)


def stage(code: str | None) -> str | None:
    """How far the building is, in words."""
    return {
        "not_started": _("Not started"),
        "site_ready": _("Site ready"),
        "foundation": _("Foundation"),
        "structure": _("Structure"),
        "topped_out": _("Topped out"),
        "basic": _("Basically completed"),
        "final": _("Completed"),
    }.get(code or "", code)


def facility(code: str) -> str:
    """A kind of facility in words."""
    return {
        "water": _("Water"),
        "power": _("Power"),
        "gas": _("Gas"),
        "road": _("Road"),
        "bus": _("Bus"),
        "education": _("Education"),
        "culture": _("Culture and sport"),
        "health": _("Health"),
        "commerce": _("Commerce"),
    }.get(code, code)


def facility_status(code: str) -> str:
    """Where a facility stands, in words."""
    return {
        "in_use": _("In use"),
        "overdue": _("Overdue"),
        "late": _("Past its date"),
        "open": _("In progress"),
        "undated": _("No date set"),
        "not_needed": _("Not needed"),
    }.get(code, code)


FACILITY_TONES = {"in_use": "good", "overdue": "bad", "late": "warn", "not_needed": "faint"}


def baseline(code: str | None) -> str | None:
    """Whose the planned date is, in words."""
    return {"plan": _("Plan"), "register": _("Register")}.get(code or "")


def field(part: str, subject: str | None, name: str) -> str:
    """A field of the register in words, with what it belongs to."""
    words = {
        "name": _("Name"),
        "sub_district": _("Sub-district"),
        "builder": _("Builder"),
        "way": _("Way"),
        "type": _("Type of homes"),
        "homes": _("Homes"),
        "stage": _("Stage"),
        "carried_from": _("Carried over from"),
        "slow": _("Why it is slow"),
        "problem": _("Problem"),
        "supplied": _("Supplied on"),
        "deadline": pgettext("schedule", "Deadline"),
        "planned": _("Planned"),
        "current": _("Now planned"),
        "actual": _("Actual"),
        "earlier": _("Counted in earlier years"),
        "needed": _("Needed"),
        "unit": _("Responsible unit"),
        "days": _("Days"),
        "place": _("Place in the schedule"),
    }
    said = words.get(name, name)
    shown = facility(subject) if part == "facility" and subject else subject
    return f"{shown} · {said}" if shown else said


def value(name: str, text: str | None) -> str | None:
    """A recorded value in words, where it is a code."""
    if name == "needed":
        return {"yes": pgettext("facility", "Yes"), "no": pgettext("facility", "No")}.get(text or "", text)
    return way(text) if name == "way" else stage(text) if name == "stage" else text


def act(code: str) -> str:
    """What was done in the register, in words."""
    return {
        "add": pgettext("register", "Added"),
        "edit": pgettext("register", "Changed"),
        "facility": _("Facility"),
        "schedule": _("Schedule"),
    }.get(code, code)


def mismatch(code: str) -> str:
    """In what lists do not agree, in words."""
    return {
        "missing": pgettext("list", "Missing"),
        "differs": pgettext("list", "Differs"),
        "blank": pgettext("list", "Blank"),
        "duplicate": pgettext("list", "Several times"),
        "no_key": pgettext("list", "Without a key"),
    }.get(code, code)
