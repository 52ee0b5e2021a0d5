"""Reports of groups at the desk: begun, written, reviewed, frozen, released."""
