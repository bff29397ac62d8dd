"""The least that a window costs: an empty QMainWindow that is painted once and closes."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class EmptyWindow(QMainWindow):
    """Closes once it has been painted."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        super().paintEvent(event)
        QTimer.singleShot(0, self.close)


def main() -> int:
    application = QApplication(sys.argv[:1])
    window = EmptyWindow()
    window.resize(1180, 760)
    window.show()
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())
