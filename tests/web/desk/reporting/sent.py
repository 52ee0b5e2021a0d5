"""What the forms of the report send."""

BASE = "/en/desk/consultations/sample-topic/report/"


def typed(*rows, revision=1, **more):
    """What the form of a paragraph sends: each row a triple of id, words, numbers."""
    sent = {"revision": revision, "rows": len(rows)}
    for place, (pk, text, numbers) in enumerate(rows):
        sent |= {f"pk-{place}": pk or "", f"text-{place}": text, f"numbers-{place}": numbers}
    return sent | (more or {"done": "1"})
