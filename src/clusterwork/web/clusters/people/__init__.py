"""Pages of appointments, rotas and headships."""
