"""What BranchBook knows about: kinds of record, requirements and papers, as data."""
