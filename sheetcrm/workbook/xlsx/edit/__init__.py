"""Changing a book that exists: parts are copied as they are, and only touched rows and elements are replaced."""
