"""How the house is put together: settings, addresses, the web server's entry; holds no domain rule."""
