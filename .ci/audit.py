"""Ask who keeps lists of vulnerabilities about every package that the tests ran with: `python .ci/audit.py PYTHON`.

A vulnerability that is known is a failure. That nobody answers (no network, no such service) is said, and is none.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SERVICES = ("pypi", "osv")
LONGEST = 120
"""Seconds that a service is waited for."""


def audited(pip_audit: Path, packages: Path, service: str) -> list[dict[str, Any]]:
    """What a service knows, package by package; nothing where it does not answer."""
    answer = packages.with_name(f"{service}.json")
    command = [str(pip_audit), "--vulnerability-service", service, "--timeout", "10", "--progress-spinner", "off"]
    command += ["--requirement", str(packages), "--no-deps", "--disable-pip", "--format", "json", "--output"]
    try:
        done = subprocess.run([*command, str(answer)], timeout=LONGEST, capture_output=True, text=True)
    except subprocess.TimeoutExpired:
        print(f"no answer from {service} in {LONGEST} seconds")
        return []
    if not answer.exists():  # the exit code is 1 for this and for a vulnerability
        print(f"no answer from {service}: {(done.stderr.splitlines() or ['?'])[-1][:200]}")
        return []
    packages_of_answer = json.loads(answer.read_text(encoding="utf-8"))["dependencies"]
    known = [package for package in packages_of_answer if "vulns" in package]
    if not known:
        print(f"no answer from {service}: it knows none of the packages")
    return known


def main(python: str) -> int:
    """Audit what is installed for an interpreter."""
    with tempfile.TemporaryDirectory() as place:
        frozen = subprocess.run([python, "-m", "pip", "freeze", "--exclude-editable"], capture_output=True, check=True)
        packages = Path(place, "packages.txt")
        packages.write_bytes(frozen.stdout)
        subprocess.run([sys.executable, "-m", "venv", f"{place}/venv"], check=True)
        install = [f"{place}/venv/bin/pip", "install", "--quiet", "pip-audit"]
        try:
            subprocess.run(install, capture_output=True, check=True, timeout=LONGEST)
        except subprocess.SubprocessError:
            print("not audited: pip-audit cannot be installed here")
            return 0
        for service in SERVICES:
            if known := audited(Path(place, "venv/bin/pip-audit"), packages, service):
                return told(known, service, len(frozen.stdout.splitlines()))
    print("not audited: no list of vulnerabilities answered")
    return 0


def told(known: list[dict[str, Any]], service: str, installed: int) -> int:
    """Say what is known; 1 if there is any vulnerability."""
    faults = [(package["name"], package["version"], fault["id"]) for package in known for fault in package["vulns"]]
    print(f"audited by {service}: {len(known)} of {installed} packages, {len(faults)} known vulnerabilities")
    for name, version, fault in faults:
        print(f"{name} {version}: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
