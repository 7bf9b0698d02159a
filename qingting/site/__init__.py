"""Settings, addresses, templates, wiring: where everything is put together."""
