"""What staff read beside the fields of the loads; see `spending.labels`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spending.labels import Words

LABELS = {
    "ImportRun": Words(
        _("attempt to load a file"),
        _("attempts to load files"),
        {
            "source": _("source"),
            "file_name": _("file name"),
            "sha256": _("SHA-256"),
            "source_file": _("uploaded file"),
            "started_at": _("begun at"),
            "finished_at": _("ended at"),
            "outcome": _("result"),
            "message": _("what went wrong"),
            "rows": _("rows read"),
            "refused": _("rows refused"),
            "editions": _("editions"),
        },
    ),
    "Rejection": Words(
        _("refused row"),
        _("refused rows"),
        {
            "sheet": _("sheet"),
            "line": _("line of the file"),
            "column": _("column"),
            "value": _("value"),
        },
    ),
}
"""Each model on the workbench, and those shown inside another one's page."""
