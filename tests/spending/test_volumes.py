import pytest

from spending.volumes import volume_in_words


@pytest.mark.parametrize(
    ("part", "language", "words"),
    [
        ("2022.3.10", "th", "ฉบับที่ 3 เล่มที่ 10"),
        ("2022.3.3(1)", "th", "ฉบับที่ 3 เล่มที่ 3(1)"),
        ("2022.3.3(1)", "en", "issue 3, volume 3(1)"),
        ("supplement", "th", "supplement"),
    ],
)
def test_volume_is_named_as_on_its_cover(part: str, language: str, words: str) -> None:
    assert volume_in_words(part, language) == words
