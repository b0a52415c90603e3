"""What a command does: one short function a command, the only place where siblings meet."""
