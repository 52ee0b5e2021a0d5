"""How forms are drawn: one field markup for every form, those of the sign-in pages included."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draw `{{ form }}` and `{{ field.as_field_group }}` with the templates in ui/forms/."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
