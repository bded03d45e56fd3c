"""Each reader chooses her language and her digits. The choice itself is kept by `?language=` on any page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from alongside.pages.render import render


@require_safe
def language(request: HttpRequest) -> HttpResponse:
    """The page of languages."""
    return render(request, "language.html")
