"""The values methods: a range's values read, written, appended and cleared."""
