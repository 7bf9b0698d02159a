"""The guided responder: authored lines, no model, no network."""
