"""What a record says of how sides deal with each other: series, reciprocity, escalation, forecasts."""
