"""Spreadsheets of strangers: CSV, XLSX, XLS and ODS read in a limited process, XLSX and CSV written.

No Django in this package. Start at :mod:`consulta.adapters.sheets.reading`.
"""
