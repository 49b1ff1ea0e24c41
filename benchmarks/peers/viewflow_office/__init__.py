"""An app for Viewflow, which finds flows by the name of their app."""
