"""The texts of the guide, a module for each role."""
