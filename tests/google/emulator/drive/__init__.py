"""The part of Google Drive that a spreadsheet needs: files, permissions, comments, export and import."""
