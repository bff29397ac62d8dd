"""The yearly round of the Evaluations place: its steps, who takes part, the matrix of members, the ballots."""
