"""A named character set holds unless the words as a whole cannot be in Latin letters."""

import time

import pytest

from consulta.mailroom import charset

#: Letters shown one by one, words in capitals, drawings: rare, and all of them Latin.
LATIN = [
    "Les noms de domaine internationalisés (caractères éèêëàâäç, ÉÈÊËÀÂÄÇ) sont rares dans la"
    " région ; nous proposons une formation à l'école de Nîmes.",
    "Las letras ÁÉÍÓÚ y áéíóú, más ñ y Ñ, faltan en los formularios.",
    "Labels with accents (äöüß and àéèù) are refused by many forms.",
    "àâäé et êèëî",
    "Les lettres àâäé et êèëî manquent.",
    "LES CARACTÈRES ACCENTUÉS ÉÈÀÇ ET ÊËÎÏ DOIVENT ÊTRE ADMIS À L'ÉCOLE.",
    "áéíóú, àèìòù, âêîôû, äëïöü, ÁÉÍÓÚ, ÀÈÌÒÙ, ÂÊÎÔÛ, ÄËÏÖÜ: all of these fail in names.",
    "> áéíóú ÁÉÍÓÚ\n> fallan\n\nDe acuerdo: áéíóú y ÁÉÍÓÚ fallan siempre.",
    "Tabla: áéíóú | ÁÉÍÓÚ | ñÑüÜ | ¿¡«» — prueba de los registros.",
    "1. Objet ················ 3\n2. Suite ················ 9",
    "Été à Genève, déjà réglé. « À bientôt », dit-elle : ça ira, créée, réélu, naïf.",
    "Það er því þær ætla að ræða öðru máli.",
]
RUSSIAN = "Мы поддерживаем предложение рабочей группы и просим продлить срок до конца марта."
ARABIC = "نرحب بهذه المشاورة ونشكر الفريق على الدعوة ونقترح تمديد المهلة."
CHINESE = "我们欢迎这次磋商，并感谢工作组的邀请。我们建议延长截止日期。"
QUOTED = "\n\nOn Friday the office wrote:\n> " + "\n> ".join(
    ["We have your response, and it counts from its arrival, whoever sent it."] * 6
)
#: What cannot be Latin, the set that it is in, and what stands around it.
OTHERS = [
    ("Добрый день", "cp1251"),
    (RUSSIAN, "cp1251"),
    ("Мы согласны с проектом ITU-T и ICANN по пункту 4.", "cp1251"),
    (RUSSIAN + " Адрес: https://www.example.org/a/very/long/page?of=consultation", "cp1251"),
    (f"<html><style>p {{margin: 0}}</style><p class='MsoNormal'>{RUSSIAN}&nbsp;</p></html>", "cp1251"),
    (RUSSIAN + QUOTED, "cp1251"),
    (ARABIC, "cp1256"),
    (ARABIC + " ITU", "cp1256"),
    (CHINESE, "gb18030"),
    ("我们支持IPv6部署，并建议ICANN/ITU延长截止日期。", "gb18030"),
]  # fmt: skip


@pytest.mark.parametrize("named", ["iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("text", LATIN)
def test_latin_words_are_read_as_they_are_labelled(text, named):
    text = text.replace("—", "-")

    assert charset.decode(text.encode("cp1252"), named) == (text, False)


@pytest.mark.parametrize(("text", "really"), OTHERS)
def test_other_words_are_read_in_their_own_letters(text, really):
    assert charset.decode(text.encode(really), "iso-8859-1") == (text, True)


@pytest.mark.parametrize(
    "bit",
    [b"<style", b"a", b"<", b"&", b"\xe0\xe1\xe2\xe3\xe4 \xe5\xe6\xe7\xe8 ", bytes(range(256))],
)
def test_bytes_made_to_be_slow_are_read_in_seconds(bit):
    data = b"\xe0\xe1\xe2\xe3 \xe4\xe5\xe6\xe7 " + bit * (2_000_000 // len(bit))
    begun = time.monotonic()

    charset.decode(data, "iso-8859-1")

    assert time.monotonic() - begun < 5
