"""Every code has its words in both languages, and is understood by the Chinese word that a person types for it."""

import json
import re

import pytest

from anju_cli import i18n
from anju_cli.domain.codes import Code
from anju_cli.domain.directions import Direction
from anju_cli.domain.facilities import FacilityKind, FacilityStatus
from anju_cli.domain.history import EntryKind
from anju_cli.domain.items import Kind, Reporting
from anju_cli.domain.matter_rules import InPlaceRecord, SlipLevel, TaskSource
from anju_cli.domain.matters import MATTERS
from anju_cli.domain.milestones import MilestoneStatus
from anju_cli.domain.overdue import Reason
from anju_cli.domain.owed import OwedState
from anju_cli.domain.pace import Pace
from anju_cli.domain.projects import ProjectWay, Stage
from anju_cli.domain.rates import Light
from anju_cli.domain.register_fields import Answer
from anju_cli.domain.returned import Channel
from anju_cli.domain.reviews import Aspect, Result, ReviewState
from anju_cli.domain.targets import TargetStatus
from anju_cli.render.wording import labels, papers, project_words, record_labels

WORDS = {
    Channel: labels.channel,
    Direction: labels.direction,
    EntryKind: labels.kind,
    FacilityKind: project_words.facility,
    FacilityStatus: project_words.facility_status,
    InPlaceRecord: record_labels.in_place,
    Kind: labels.kind,
    Light: labels.light,
    MilestoneStatus: lambda code: labels.milestone_status(code, True),
    OwedState: labels.state,
    Pace: labels.pace,
    Reason: labels.reason,
    Reporting: labels.reporting,
    Result: labels.result,
    ReviewState: labels.review_state,
    SlipLevel: record_labels.level,
    Stage: project_words.stage,
    TargetStatus: labels.target_status,
    TaskSource: record_labels.source,
    ProjectWay: project_words.way,
    Aspect: labels.aspect,
    Answer: lambda code: project_words.value("needed", code),
}
"""Which function says the members of a code."""

SAME_IN_BOTH = {Channel.EXCEL, Channel.OA}
"""What is called the same in Chinese."""

MEMBERS = [pytest.param(member, id=f"{type(member).__name__}.{member.name}") for codes in WORDS for member in codes]


@pytest.fixture(autouse=True)
def english_afterwards():
    yield
    i18n.use("en")


def test_every_code_is_in_the_table():
    def all_of(codes):
        return {codes, *(below for direct in codes.__subclasses__() for below in all_of(direct))}

    assert all_of(Code) - {Code} == set(WORDS)


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_has_its_word_in_chinese(member):
    i18n.use("zh")
    word = WORDS[type(member)](member)
    assert re.search(r"[\u4e00-\u9fff]", word) or member in SAME_IN_BOTH


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_has_its_word_in_english(member):
    i18n.use("en")
    word = WORDS[type(member)](member)
    assert word != member.value and not re.search(r"[\u4e00-\u9fff]", word)


@pytest.mark.parametrize("member", MEMBERS)
def test_a_paper_says_every_code_as_the_catalogue_does_whatever_the_language_in_use(member):
    i18n.use("zh")
    word = WORDS[type(member)](member)
    i18n.use("en")
    assert papers.official(WORDS[type(member)], member) == word
    assert i18n.language() == "en"


@pytest.mark.parametrize("member", [case for case in MEMBERS if case.values[0].words])
def test_the_word_shown_for_a_member_is_understood_when_typed(member):
    i18n.use("zh")
    assert type(member).read(WORDS[type(member)](member), "no") == member


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_is_read_from_its_code_and_from_each_of_its_words(member):
    typed = [member.value, member.value.upper(), member.value.replace("_", "-"), f" {member.value} ", *member.words]
    assert {type(member).read(text, "no") for text in typed} == {member}


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_is_written_as_its_code(member):
    assert (str(member), f"{member}", json.dumps([member])) == (member.value, member.value, f'["{member.value}"]')


@pytest.mark.parametrize(("section", "key", "codes"), [("targets", "pace", Pace), ("duties", "reporting", Reporting)])
def test_a_code_of_the_plan_has_its_place_in_the_format(anju, section, key, codes):
    schema = json.dumps(json.loads(anju("plan schema").out))
    assert all(f'"{member.value}"' in schema for member in codes if member is not Pace.NODES)


@pytest.mark.parametrize("kind", list(MATTERS))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_state_and_event_of_follow_up_has_its_words(kind, lang):
    i18n.use(lang)
    states = {move.after for move in MATTERS[kind].moves.values() if move.after}
    said = [record_labels.matter(kind), *(record_labels.matter_state(state, kind) for state in states)]
    said += [record_labels.event(event, kind) for event in MATTERS[kind].moves]
    assert all(bool(re.search(r"[\u4e00-\u9fff]", word)) == (lang == "zh") for word in said)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("progress add raise 1 --unit hsc --on 7-14 --via 微信 --dry-run --json", []),
        ("slips issue ms-q1-survey --level 警示 --due 8-15 --direct --reason x --dry-run", []),
        ("units record hsc 责任 --item raise --post 科长 --dry-run", []),
        ("units overdue --reason 滞后", []),
    ],
)
def test_chinese_words_are_taken_wherever_codes_are(office, line, words):
    office(line)


@pytest.mark.parametrize(
    ("line", "both"),
    [
        ("progress add raise 1 --unit hsc --on 7-14 --via fax", ["wechat", "微信"]),
        ("units overdue --reason lazy", ["unreported", "未报"]),
        ("units record hsc nothing", ["scheme", "措施"]),
    ],
)
def test_a_hint_lists_codes_and_words(office, line, both):
    hint = office(line, code=2).err.splitlines()[-1]
    assert all(word in hint for word in both)
