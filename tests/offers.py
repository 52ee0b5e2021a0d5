"""A question of an open consultation that offers options, as if they had been drafted with it."""

from consulta.consultations.models import Consultation, Option, OptionText

SLUGS = ("support", "with-changes", "oppose", "no-position")
WORDS = {
    "en": ("Support", "Support with changes", "Oppose", "No position"),
    "ar": ("أؤيد", "أؤيد مع تعديلات", "أعارض", "لا موقف"),
}


def offer(consultation: Consultation, position: int = 1, *, several: bool = False) -> None:
    """Let the question at *position* offer four options in English and Arabic."""
    question = consultation.questions.get(position=position)
    question.several = several
    question.save()
    for place, slug in enumerate(SLUGS, start=1):
        option = Option.objects.create(question=question, position=place, slug=slug)
        for language, words in WORDS.items():
            status = "original" if language == "en" else "official"
            OptionText.objects.create(
                option=option, language=language, text=words[place - 1], status=status
            )
