"""Alongside: where a community group and its allies abroad keep their relationship honest."""

__version__ = "0.1.0"
