"""The book on disk: the only package that knows SQLAlchemy and the database driver."""
