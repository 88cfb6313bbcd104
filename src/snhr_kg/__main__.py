"""Makes ``python -m snhr_kg`` work."""

from snhr_kg.cli import main

if __name__ == "__main__":
    main()
