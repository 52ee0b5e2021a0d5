"""What Outlook puts letters into: winmail.dat (TNEF) and .msg files.

Start at :mod:`consulta.adapters.outlook.opening`; nothing else here opens a stranger's file in our
own process. No Django in this package.
"""
