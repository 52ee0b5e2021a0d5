"""SQLite as Consulta uses it: durable, and writers served in the order in which they came."""
