"""The workbook templates, installed as `sheetcrm.templates`; each is a TOML file."""
