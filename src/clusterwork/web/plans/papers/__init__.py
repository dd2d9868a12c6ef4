"""The papers that are made of a plan, and a programme's plans together."""
