"""What suppliers are told: a letter to them (HTML, Markdown, text), rows for their software (CSV), a document (JSON)."""
