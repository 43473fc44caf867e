"""Local bodies as budgets of local government name them, and the plans that all of them share."""

from __future__ import annotations

from ..records import Body

LOCAL_BODIES = "75"  # under which the Comptroller General lists local bodies
PAO = "องค์การบริหารส่วนจังหวัด"
FUNCTIONS = {
    "บริหารงานทั่วไป": "ด้านบริหารทั่วไป",
    "การรักษาความสงบภายใน": "ด้านบริหารทั่วไป",
    "การศึกษา": "ด้านบริการชุมชนและสังคม",
    "สาธารณสุข": "ด้านบริการชุมชนและสังคม",
    "สังคมสงเคราะห์": "ด้านบริการชุมชนและสังคม",
    "เคหะและชุมชน": "ด้านบริการชุมชนและสังคม",
    "สร้างความเข้มแข็งของชุมชน": "ด้านบริการชุมชนและสังคม",
    "การศาสนา วัฒนธรรม และนันทนาการ": "ด้านบริการชุมชนและสังคม",
    "อุตสาหกรรมและการโยธา": "ด้านการเศรษฐกิจ",
    "การเกษตร": "ด้านการเศรษฐกิจ",
    "การพาณิชย์": "ด้านการเศรษฐกิจ",
    "งบกลาง": "ด้านการดำเนินงานอื่น ๆ",
}
"""The field of work (ด้าน) of each of the twelve plans of local government, as all 76 ordinances have it."""


def pao(province: str) -> Body:
    """The provincial administrative organisation of a province."""
    return Body(f"{PAO}{province}", "", "pao", LOCAL_BODIES)
