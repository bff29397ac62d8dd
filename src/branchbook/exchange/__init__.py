"""Files that come from and go to other programs: xlsx, docx, and the book's own exchange zip."""
