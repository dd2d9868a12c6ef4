"""How the house is put together: settings, addresses, server entry; holds no domain rule."""
