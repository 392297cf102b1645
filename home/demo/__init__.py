"""The demo: its pages (content/, one TOML file a page), translations (one catalogue a language), pictures, accounts."""
