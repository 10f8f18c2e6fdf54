"""Reads a workbook in a process of its own, with the standard library alone; see ``convert``."""
