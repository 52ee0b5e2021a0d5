"""On the table at a meeting: responses and reports of each consultation by question; what was discussed."""
