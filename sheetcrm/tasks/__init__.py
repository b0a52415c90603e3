"""What to do next: the task rules, and each manager's tasks."""
