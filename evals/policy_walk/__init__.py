"""A walk through the pages as the young meet them, by place, age and language, with pictures."""
