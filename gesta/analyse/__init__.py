<<<<<<< HEAD
<<<<<<< HEAD
"""What a record says of how sides deal with each other over time: series, reciprocity, escalation, forecasts."""
=======
"""What a record says of how sides deal with each other: series, reciprocity, escalation, forecasts."""
>>>>>>> hawkes
=======
"""What a record's counts tell over time: how two sides answer each other, and where it is heading."""
>>>>>>> forecast
