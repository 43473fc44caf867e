"""From the bytes of a published file to numbered rows; what they mean is for a source to say.

Every reader is given the path of a file, reads it as a stream, and yields its rows with the line they
stand on, counted from 1 as a person would find it. A ZIP file around the one wanted file is unwrapped on
the way. What a file really is, is told from its bytes: its name is not trusted.

    for row in open_table(path, COLUMNS, optional=("",)):        # CSV, or a spreadsheet with the same header
        row is a Refusal, or Row(line, {column: text})

    with open_sheets(path) as sheets:                            # every sheet of an .xlsx, {title: Sheet}
        for line, cells in sheets["2.กระทรวง"].rows(): ...        # cells: (str | int | float | datetime |
        … | None, …)

    for record in open_json_lines(path):                         # a Refusal, or JsonRecord(line, {name:
    value}) document = open_json(path)                                   # a small document as a whole

A row that cannot be read is a Refusal and the rest goes on. A file that cannot be trusted as a whole (cut
off, damaged, mixed alphabets, another header, a bomb) raises FileError, also after some rows: nothing of
it may be kept then.
"""

from .archives import LIMITS, Limits
from .encoding import letters_of
from .json_records import JsonRecord, open_json, open_json_lines, too_deep_in
from .sheets import Sheet, SheetRow, cell_name, open_sheets
from .tables import Row, open_table
from .unwrapping import unwrapped

__all__ = [
    "LIMITS",
    "JsonRecord",
    "Limits",
    "Row",
    "Sheet",
    "SheetRow",
    "cell_name",
    "letters_of",
    "open_json",
    "open_json_lines",
    "open_sheets",
    "open_table",
    "too_deep_in",
    "unwrapped",
]
