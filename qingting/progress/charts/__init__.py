"""Pictures of what somebody noted: drawn on the server, styled by our own sheet, and each one told
in a sentence and in a table as well."""
