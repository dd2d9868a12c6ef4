"""Forms, a file a noun; they check what was typed and know no permission."""
