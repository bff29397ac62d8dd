"""The book on disk: the only package that knows SQL, SQLAlchemy and the database driver."""
