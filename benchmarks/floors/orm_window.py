"""The least that a window over a book by an ORM costs: painted, 25 mapped classes, one query, closed.

python -m benchmarks.floors.orm_window BOOK KEY    (KEY as the driver's PRAGMA takes it)
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

CLASSES = 25
COLUMNS = 10


class Window(QMainWindow):
    """Queries once it has been painted, then closes."""

    def __init__(self, book: Path, key: str) -> None:
        super().__init__()
        self._book, self._key, self.people = book, key, 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        super().paintEvent(event)
        QTimer.singleShot(0, self._query)

    def _query(self) -> None:
        self.people = query(self._book, self._key)
        self.close()


def query(book: Path, key: str) -> int:
    """Map the classes and load every person of the book; how many there are."""
    import sqlcipher3.dbapi2 as driver
    from sqlalchemy import Column, Integer, Text, create_engine, select
    from sqlalchemy.engine import URL
    from sqlalchemy.orm import Session, configure_mappers, declarative_base

    base = declarative_base()
    for number in range(CLASSES - 1):
        columns = {f"column_{place}": Column(Text) for place in range(COLUMNS)}
        names = {"__tablename__": f"table_{number}", "id": Column(Integer, primary_key=True)}
        type(f"Class{number}", (base,), names | columns)
    texts = {name: Column(Text) for name in ("name", "initials", "sex", "born_on", "work_post", "phone")}
    person = type(
        "Person", (base,), {"__tablename__": "person", "id": Column(Text, primary_key=True)} | texts
    )
    configure_mappers()
    engine = create_engine(
        URL.create("sqlite+pysqlcipher", password=key),
        module=driver,
        creator=lambda: driver.connect(f"{book.absolute().as_uri()}?mode=ro", uri=True),
    )
    with Session(engine) as session:
        return len(session.scalars(select(person)).all())


def main() -> int:
    application = QApplication(sys.argv[:1])
    window = Window(Path(sys.argv[1]), sys.argv[2])
    window.resize(1180, 760)
    window.show()
    code = application.exec()
    print(window.people)
    return code if window.people else 1


if __name__ == "__main__":
    raise SystemExit(main())
