"""Finding events in an annotated text: triggers, roles, modality, modes, nesting and tolls."""
