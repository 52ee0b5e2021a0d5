"""Pages of the report at the desk, one module a family."""
