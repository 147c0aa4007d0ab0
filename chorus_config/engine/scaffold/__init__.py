"""The first files of a project, from a few answers: one file a kind."""
