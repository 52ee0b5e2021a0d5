"""A folder of the institution's own procedures in which one file has a slip."""

import pytest

from consulta.core import procedure, shelf


@pytest.fixture
def own_slip(tmp_path, monkeypatch):
    """The file ``broken.toml`` has a slip in line 3; it marks its bytes, as some editors do."""
    folder = tmp_path / "procedures"
    folder.mkdir()
    text = (procedure.HERE / "open-call.toml").read_text(encoding="utf-8")
    broken = text.replace("edition = 2", "edition = 0")
    (folder / "broken.toml").write_text(broken, encoding="utf-8-sig")
    (folder / "latin.toml").write_bytes(b'body = "Comit\xe9"')
    (folder / "mine.toml").write_text(text, encoding="utf-8-sig")
    monkeypatch.setenv(shelf.VARIABLE, str(folder))
    return folder
