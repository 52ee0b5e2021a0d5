"""Campaigns: searched for by rule, decided by a person, shown with everyone who sent the letter."""
