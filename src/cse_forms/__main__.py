"""`python -m cse_forms` is the command `cse-forms`."""

from cse_forms.cli import main

if __name__ == "__main__":
    main(prog_name="cse-forms")
