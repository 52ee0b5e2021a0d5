"""The JSON API: what machines read, under /api/v1/. It only shows; it changes nothing."""
