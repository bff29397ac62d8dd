"""The command `branchbook`, also as `python -m branchbook`."""

from branchbook.app import main

if __name__ == "__main__":
    raise SystemExit(main())
