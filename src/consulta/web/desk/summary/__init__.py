"""The brief summary at the desk: write, fix, record what those present said, carry, note what came."""
