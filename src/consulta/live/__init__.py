"""The open meeting, live: who takes part, the floor, captions, transcripts, webcast."""
