"""What a record's counts tell over time: how two sides answer each other, and where it is heading."""
