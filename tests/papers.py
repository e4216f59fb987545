"""What the tests of papers, sheets and pages share: the office suite, the browser, and a story with all kinds of lateness."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Heard, needed

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
{aliases}</fontconfig>
"""
ALIASES = {
    "仿宋_GB2312": "Noto Serif CJK SC", "楷体_GB2312": "Noto Serif CJK SC", "方正小标宋简体": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC", "黑体": "Noto Sans CJK SC", "Microsoft YaHei": "Noto Sans CJK SC",
}  # fmt: skip


def as_pdf(file: Path) -> Path:
    """A Word or Excel file as LibreOffice prints it."""
    soffice, place = needed("soffice"), file.parent
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>{real}</family></prefer></alias>\n'
        for name, real in ALIASES.items()
    )
    (place / "fonts.conf").write_text(FONTS.format(aliases=aliases), encoding="utf-8")
    environment = os.environ | {"FONTCONFIG_FILE": str(place / "fonts.conf"), "HOME": str(place), "LC_ALL": "C.UTF-8"}
    profile = f"-env:UserInstallation=file://{place / 'profile'}"
    done = subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(place), str(file)],
        capture_output=True, text=True, env=environment,
    )  # fmt: skip
    made = file.with_suffix(".pdf")
    assert made.exists(), done.stderr
    return made


def pdf_text(file: Path) -> str:
    """The text of a PDF without spaces and line ends: where lines break is not what is tested."""
    done = subprocess.run([needed("pdftotext"), "-raw", str(file), "-"], capture_output=True, text=True, check=True)
    return "".join(done.stdout.split())


def pages(file: Path) -> int:
    """How many pages a PDF has."""
    from pypdf import PdfReader

    return len(PdfReader(file).pages)


def told(anju: Callable[..., Heard]) -> Callable[..., Heard]:
    """An office with a second quarter in which something is on time, late, zero, missing, behind, corrected, overdue."""
    anju("init")
    for line in (
        "raise 860 --unit hsc -q Q1 --received 2020-04-09", "complete 180 --unit hsc -q Q1 --received 2020-04-09",
        "ms-q1-survey 100 --unit hsc --on 2020-03-27 --received 2020-04-09",
        "raise 900 --unit hsc -q Q2 --received 2020-07-08", "raise 340 --unit tal -q Q2 --received 2020-07-09",
        "complete 60 --unit hsc -q Q2 --received 2020-07-08", "complete-final 20 --unit hsc -q Q2 --received 2020-07-08",
        "supply 1200 --unit hsc -q Q2 --received 2020-07-08", "subsidy 6 --unit hsc -q Q2 --received 2020-07-08",
        "subsidy-eligible 8 --unit hsc -q Q2 --received 2020-07-08", "wat-river 3 --unit wat -q Q2 --received 2020-07-09",
        "wat-works 0 --unit wat -q Q2 --received 2020-07-09", "cmb-judge 0 --unit cmb -q Q2 --received 2020-07-09",
        "summary --unit wat -q Q2 --received 2020-07-09 --note 正常", "summary --unit cmb -q Q2 --received 2020-07-09 --note 正常",
        "summary --unit edu -q Q2 --received 2020-07-14 --note 正常",
    ):  # fmt: skip
        anju(f"progress add {line}")
    number = anju("progress list --item raise --unit tal --json").json[0]["id"]
    anju(f"progress correct {number} 330 --reason 重复计算10套")
    return anju
