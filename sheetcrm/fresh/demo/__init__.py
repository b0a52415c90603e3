"""A firm that does not exist: eighty clients, eighteen months of trade, and the mistakes that people make."""
