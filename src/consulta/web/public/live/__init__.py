"""The live meeting as its audience follows it: captions in a chosen language, in four views."""
