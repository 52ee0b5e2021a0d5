"""Contests at the desk: read each, publish it or decline it on a ground, answer it in time."""
