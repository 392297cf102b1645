FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(value):
    """Keep a spreadsheet from taking what somebody typed for a formula."""
    value = str(value)
    return f"'{value}" if value.startswith(FORMULA) else value
