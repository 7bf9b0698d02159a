"""The content linter: reads a folder of content and says in plain words what is wrong in it.

For the people who write content, not for those who write code; docs/content.md is their guide.
"""
