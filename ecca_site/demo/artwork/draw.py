"""Draw the pictures of the demo as SVG. ``render.py`` turns them into the files in ``../images``."""

from . import alliance, life_cycle
from .logos import LOGOS

SCENES = (
    alliance.hero_circular_city,
    life_cycle.life_cycle,
    life_cycle.raw_materials,
    life_cycle.design_table,
    life_cycle.construction_site,
    life_cycle.retrofit,
    life_cycle.deconstruction,
    life_cycle.recycled_aggregate,
    alliance.ljubljana,
    alliance.conference_hall,
    alliance.handshake_map,
    alliance.network,
    alliance.survey,
    alliance.timber_bridge,
    life_cycle.brick_reuse,
    alliance.harbour_export,
)
PICTURES = {scene.__name__.replace("_", "-"): scene for scene in SCENES}

__all__ = ["LOGOS", "PICTURES"]
