"""The yearly question to an organisation whether its profile is still correct."""
