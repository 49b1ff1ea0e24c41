"""The API for programs: the commands of the pages as JSON, under `/api/v1`."""
