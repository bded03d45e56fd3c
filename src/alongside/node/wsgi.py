"""The door through which a server hands requests to the node."""

from __future__ import annotations

import os
import signal
import threading
import time

from django.core.wsgi import get_wsgi_application

PARENT = "ALONGSIDE_PARENT"


def stay_with_parent() -> None:
    """End this worker when the process that started it is gone, however it went: a worker left alone
    would go on answering with an old version, and hold the port."""
    parent = int(os.environ.get(PARENT) or 0)
    if not parent:
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(30)
        os._exit(0)

    threading.Thread(target=watch, name="stay-with-parent", daemon=True).start()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.node.settings")
application = get_wsgi_application()
stay_with_parent()
