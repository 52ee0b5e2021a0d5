"""Arabic dates as CLDR writes them, without a comma: 23 يناير 2027."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
TIME_FORMAT = "H:i"
