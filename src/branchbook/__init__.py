"""BranchBook (支部手册): a Party branch's required records, kept and printed offline."""

__version__ = "0.1.0"
