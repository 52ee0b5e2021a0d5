"""A sitting of a meeting with a captioner."""

from consulta.live.captions import captioners, sittings


def held(meeting, by, *, languages=("en", "ar"), language="en", **more):
    """A sitting of *meeting* that has begun, and the secret of one who captions it in *language*."""
    sitting = sittings.plan(meeting, languages=list(languages), by=by)
    sittings.begin(sitting, by=by)
    captioner, token = captioners.admit(
        sitting, language=language, name="Sample Captioning", by=by, **more
    )
    return sitting, captioner, token
