"""The first hour of each role.

A copy of the demo with work for everybody, and a walk through all of its screens.
"""
