"""Files that came with a response: what they are, a clean copy of them, and their text.

Start at :mod:`consulta.adapters.files.sandbox`; nothing else here opens a stranger's file in our own
process. No Django in this package: the checking process starts in a fraction of a second.
"""
