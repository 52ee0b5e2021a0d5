"""Every finding is explained to those who see it."""

from pathlib import Path

from consulta.adapters.files.findings import Finding


def test_every_finding_is_in_the_documentation() -> None:
    page = Path(__file__).parents[3] / "docs" / "files.md"
    rows = [line.split("|")[1].strip() for line in page.read_text().splitlines() if "| `" in line]
    assert rows == [f"`{finding}`" for finding in Finding]
