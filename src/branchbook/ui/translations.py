"""Qt's own dialogs and menus in Chinese."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from branchbook.resources import resource_path

LOCALE = "zh_CN"


def speak_chinese(application: QCoreApplication) -> bool:
    """Load Qt's translation and make Chinese the default locale; False where the file is missing.

    What Qt's translation leaves in English in its file dialogs is added from a file of ours. The program's
    own texts are Chinese in the source and need no file.
    """
    QLocale.setDefault(QLocale(LOCALE))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    loaded = translator.load(f"qtbase_{LOCALE}", folder) and application.installTranslator(translator)
    rest = QTranslator(application)
    path = str(resource_path(f"translations/file_dialogs_{LOCALE}.qm"))
    return rest.load(path) and application.installTranslator(rest) and loaded
