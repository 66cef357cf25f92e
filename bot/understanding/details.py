"""stub until merged"""


def facts_of(text: str) -> dict[str, str]:
    return {}
