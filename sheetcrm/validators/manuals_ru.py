PROSE: dict[str, tuple[str, str, str]] = {}
