"""Conversations: pages, streaming, history."""
