"""What a record says of how sides deal with each other over time: series, reciprocity, escalation, forecasts."""
