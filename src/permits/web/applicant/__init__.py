"""The applicant's pages: writing an application, and following the case it becomes."""
