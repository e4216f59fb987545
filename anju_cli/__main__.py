"""`python -m anju_cli` is `anju`."""

from anju_cli.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
