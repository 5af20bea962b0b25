"""The library's face: a form with everything that can be done with it, and catalogues of forms."""

from cse_forms.forms.catalogue import Catalogue, get_form, shipped_catalogue
from cse_forms.forms.form import Form
from cse_forms.forms.outcome import Outcome

__all__ = ["Catalogue", "Form", "Outcome", "get_form", "shipped_catalogue"]
