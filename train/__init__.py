"""Training of the packaged model: data, heads, multi-task training, export. Not shipped in the wheel."""
