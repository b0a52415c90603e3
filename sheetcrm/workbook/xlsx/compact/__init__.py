"""Taking cleared rows out of a book, where everything that points at rows can follow."""
