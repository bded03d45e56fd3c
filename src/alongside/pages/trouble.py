"""When something does not work, a person reads what happened, what she can do, and finds what she typed.

No trace, no code she would have to look up, and nothing that tells a stranger what exists.
"""

from __future__ import annotations

from collections.abc import Sequence
from http.client import NOT_FOUND

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from alongside.codes import N_
from alongside.pages.form_token import came_from_here
from alongside.pages.render import reader_of, render

# Not shown again: what proves who she is, and what only our own forms need.
_UNSPOKEN = ("pass", "again", "token", "csrf", "asked_id")


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, and 413 for too much at once."""
    if isinstance(exception, RequestDataTooBig):
        return _told(request, 413, N_("That is too much at once."),
                     N_("A file can have at most 5 MB. A smaller picture, or a recording in parts, gets "
                        "through."))
    return _told(request, 400, N_("This could not be read."),
                 N_("Something in the address or in the form was not as this machine expects it."))


def not_for_you(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _told(request, 403, N_("This is not open to you."),
                 N_("If you think that it should be, ask somebody of your group."))


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: what does not exist and what she may not see look the same."""
    return _told(request, NOT_FOUND, N_("There is nothing here that you can see."),
                 N_("The address may be mistyped, or you may need to sign in first."))


def our_fault(request: HttpRequest) -> HttpResponse:
    """500. Made to work even when the page itself is what broke."""
    says = N_("Something broke on this machine.")
    do = N_("It was not you. Look whether what you did is there before you do it again.")
    try:
        return _told(request, 500, says, do)
    except Exception:
        reader = reader_of(request)
        return HttpResponse(f"{reader.gettext(says)}\n{reader.gettext(do)}\n", status=500,
                            content_type="text/plain; charset=utf-8")


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its token: an old page, or another site sending in her name."""
    return _told(request, 403, N_("This form was too old to be taken."),
                 N_("You may have been signed out meanwhile, or it was opened in another window. Open the "
                    "page again and send it from there."),
                 kept=_kept(request))


def _kept(request: HttpRequest) -> list[str]:
    """What she typed, to copy: most often she was signed out meanwhile. Never another site's text."""
    if not came_from_here(request):
        return []
    return [value for name, values in request.POST.lists() if not any(part in name for part in _UNSPOKEN)
            for value in values if value.strip()]


def _told(request: HttpRequest, status: int, says: str, do: str, kept: Sequence[str] = ()) -> HttpResponse:
    word = N_("Not here") if status == NOT_FOUND else N_("Not done")
    return render(request, "trouble.html", status=status, word=word, says=says, do=do, kept=kept)
