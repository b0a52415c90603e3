"""`python -m sheetcrm` is the console script by another name."""

from sheetcrm.cli import main

if __name__ == "__main__":
    main()
