"""`doctor`: is everything there that a command needs, and what is to be done where it is not."""
