"""Law as data: packs of controls by place, and how they combine into what applies to one person."""
