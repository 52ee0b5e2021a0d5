"""Reports of a group: on a meeting, to the Council each year, to the Plenipotentiary Conference."""
