"""Planning consultations before they begin: proposals, what if, nearest dates. Nothing is written."""
