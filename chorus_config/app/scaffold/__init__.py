"""Starting a project, and the schemas that its editors read: what `init` and `schema` do."""
