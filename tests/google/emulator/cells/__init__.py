"""What a cell holds, how it gets in, and how it comes out."""
