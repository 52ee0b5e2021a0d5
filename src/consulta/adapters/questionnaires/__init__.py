"""Questionnaires as DOCX files: written with a field for every answer, read back in a limited process.

No Django in this package. Start at :mod:`consulta.adapters.questionnaires.writing` and
:mod:`consulta.adapters.questionnaires.reading`.
"""
