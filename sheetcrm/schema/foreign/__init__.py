"""Reading a list that isn't ours: which rows and columns of a stranger's sheet are what."""
