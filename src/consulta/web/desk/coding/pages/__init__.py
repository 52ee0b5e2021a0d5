"""Pages of coding at the desk, one module a family."""
