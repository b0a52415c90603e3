"""Generated tabs drawn by XlsxWriter: looks, rules and charts, in a book of their own."""
