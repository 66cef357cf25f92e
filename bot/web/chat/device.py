"""User-Agent -> two words such as "Chrome on Windows", by an allow-list: nothing else of it is ever read or kept."""

MOST_READ = 500
BROWSERS = (
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
"""Most browsers name others too, so the first that fits is meant."""
SYSTEMS = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("cros", "ChromeOS"),
    ("windows", "Windows"),
    ("mac os", "Mac"),
    ("linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """The browser and the system in plain words; empty when either is not known."""
    said = user_agent[:MOST_READ].lower()
    browser = next((name for mark, name in BROWSERS if mark in said), "")
    system = next((name for mark, name in SYSTEMS if mark in said), "")
    return f"{browser} on {system}" if browser and system else ""
