"""Reading a letter: headers, parts, words, files. Start at :mod:`consulta.mailroom.post`."""
