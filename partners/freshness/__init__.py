"""Profiles stay true: once a year an organisation is asked whether all is still correct."""
