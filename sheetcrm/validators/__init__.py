"""What must hold: a registry of rules, each a code, a name, a manual and a check over the facts of a base."""
