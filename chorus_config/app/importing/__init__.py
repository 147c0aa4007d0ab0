"""Writing sheets from a source, or a value of one into a sheet: what `import` does."""
