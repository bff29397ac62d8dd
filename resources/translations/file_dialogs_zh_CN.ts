<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- What Qt's own translation (qtbase_zh_CN.qm) leaves in English in file dialogs, or names oddly.
     The .qm beside it is made of it: pyside6-lrelease file_dialogs_zh_CN.ts -qm file_dialogs_zh_CN.qm -->
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>QAbstractFileIconProvider</name>
    <message><source>Folder</source><translation>文件夹</translation></message>
    <message><source>File Folder</source><translation>文件夹</translation></message>
    <message><source>%1 File</source><translation>%1 文件</translation></message>
    <message><source>File</source><translation>文件</translation></message>
    <message><source>Drive</source><translation>磁盘</translation></message>
    <message><source>Unknown</source><translation>未知</translation></message>
    <message><source>Shortcut</source><translation>快捷方式</translation></message>
    <message><source>Alias</source><translation>替身</translation></message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message><source>Size</source><translation>大小</translation></message>
    <message><source>%1 bytes</source><translation>%1 字节</translation></message>
</context>
<context>
    <name>QSidebar</name>
    <message><source>Remove</source><translation>移除</translation></message>
</context>
<context>
    <name>QFileDialog</name>
    <message><source>Show</source><translation>显示</translation></message>
    <message><source>Cancel</source><translation>取消</translation></message>
</context>
</TS>
