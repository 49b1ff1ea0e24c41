"""Pages for auditors: figures, the cases behind each, and how a case's saving is made up."""
