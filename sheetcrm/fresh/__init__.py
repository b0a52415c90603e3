"""What a fresh book holds: its tabs from the schema and a template, and a firm that does not exist to fill them."""
