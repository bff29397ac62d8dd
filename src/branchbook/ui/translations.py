"""Qt's own dialogs and menus in Chinese."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

LOCALE = "zh_CN"


def speak_chinese(application: QCoreApplication) -> bool:
    """Load Qt's translation and make Chinese the default locale; False where the file is missing.

    The program's own texts are Chinese in the source and need no file.
    """
    QLocale.setDefault(QLocale(LOCALE))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load(f"qtbase_{LOCALE}", folder) and application.installTranslator(translator)
