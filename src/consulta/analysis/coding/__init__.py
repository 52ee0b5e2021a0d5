"""Coding: a frame of codes, and the answers under them. Read by people, given by people."""
