"""The demo: its pages, translations, pictures and accounts.

A page is a TOML file in content/, the translations of a language are one catalogue.
"""
