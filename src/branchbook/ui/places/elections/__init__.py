"""换届选举: elections, from the reminder to the filed report."""
