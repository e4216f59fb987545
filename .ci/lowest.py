"""The lowest versions that pyproject.toml declares, as constraints for pip: `python .ci/lowest.py > lowest.txt`.

What only lints and checks types (the extra `dev`) is run on its newest alone.
"""

import re
import tomllib
from pathlib import Path

declared = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
project = declared["project"]
for wanted in declared["build-system"]["requires"] + project["dependencies"] + project["optional-dependencies"]["test"]:
    name, lowest = re.match(r"([\w-]+)>=([\w.]+)", wanted).groups()
    print(f"{name}=={lowest}")
