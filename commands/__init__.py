"""The command line, by subject; cli.py puts the parts together."""
