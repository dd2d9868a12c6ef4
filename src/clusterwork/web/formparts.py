"""From a Django form field to the parameters of a GOV.UK component."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms import BaseForm, BoundField, Field, widgets
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

# Which macro shows which widget; the first that fits is taken.
COMPONENTS: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.CheckboxSelectMultiple, "checkboxes"),
    (widgets.RadioSelect, "radios"),
    (widgets.CheckboxInput, "checkbox"),
    (widgets.Select, "select"),
    (widgets.Textarea, "textarea"),
    (widgets.FileInput, "file"),
    (widgets.PasswordInput, "password"),
    (widgets.Input, "input"),
)
GROUPED = frozenset({"checkboxes", "radios", "checkbox"})


def component_of(bound: BoundField) -> str:
    """The name of the component that shows this field."""
    widget = bound.field.widget
    return next(name for kind, name in COMPONENTS if isinstance(widget, kind))


def element_id(bound: BoundField) -> str:
    """The id that an error links to; of a group, its first item (Django gives a group none)."""
    return bound.auto_id or bound.html_name


def parts_of(bound: BoundField) -> dict[str, Any]:
    """What the macros need: component, name, id, label, hint, error, value, items, attributes."""
    component = component_of(bound)
    attributes = dict(bound.field.widget.attrs)
    # A browser cuts what is pasted at this length, and says nothing: the form's answer says it.
    attributes.pop("maxlength", None)
    return {
        "component": component,
        "name": bound.html_name,
        "id": element_id(bound),
        "label": force_str(bound.label),
        "hint": force_str(bound.help_text),
        "error": " ".join(errors_of(bound)),
        "value": shown_value(bound),
        "items": items_of(bound) if component in GROUPED | {"select"} else [],
        "type": getattr(bound.field.widget, "input_type", "text"),
        "classes": attributes.pop("class", ""),
        "attributes": attributes,
    }


def errors_of(bound: BoundField) -> list[str]:
    """What is wrong with the field, in our words where Django has words of its own."""
    return [in_our_words(error, bound) for error in bound.errors.as_data()]


def in_our_words(error: ValidationError, bound: BoundField) -> str:
    """The sentence of one error; that something is missing or too long is said in one way."""
    if error.message is Field.default_error_messages["required"]:
        return _("Something is missing here: %(label)s") % {"label": force_str(bound.label)}
    if error.message is MaxLengthValidator.message:
        told = _(
            "The text is too long. It can have %(limit_value)d characters; this has %(show_value)d."
        )
        return told % error.params
    return " ".join(force_str(message) for message in error)


def shown_value(bound: BoundField) -> str:
    """What was typed, or the initial value, as text."""
    value = bound.value()
    if value is None or isinstance(value, list | tuple | bool):
        return ""
    return force_str(bound.field.widget.format_value(value) or "")


def items_of(bound: BoundField) -> list[dict[str, Any]]:
    """The choices of a select, radios or checkboxes, with the chosen ones marked."""
    if component_of(bound) == "checkbox":
        return [{"value": "on", "text": force_str(bound.label), "checked": bool(bound.value())}]
    chosen = chosen_values(bound)
    choices = bound.field.choices  # type: ignore[attr-defined]
    return [
        {
            "value": force_str(value),
            "text": force_str(text),
            "checked": force_str(value) in chosen,
            "selected": force_str(value) in chosen,
        }
        for value, text in choices
    ]


def chosen_values(bound: BoundField) -> set[str]:
    """The chosen values as text."""
    value = bound.value()
    if value is None:
        return {""}
    several = value if isinstance(value, list | tuple | set) else [value]
    return {force_str(getattr(one, "pk", one)) for one in several}


def summary_of(form: BaseForm) -> list[dict[str, str]]:
    """The error summary's list: each problem with a link to its field."""
    listed = [{"text": force_str(error), "href": ""} for error in form.non_field_errors()]
    for bound in form:
        listed += [{"text": each, "href": f"#{element_id(bound)}"} for each in errors_of(bound)]
    return listed
