"""Who wrote a letter: what SPF, DKIM, DMARC and ARC say. Start at :mod:`consulta.mailroom.trust.checking`.

Asked by the worker, never while a letter is taken in; without an answer nobody is trusted.
"""
