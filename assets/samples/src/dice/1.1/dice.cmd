@echo off
rem Dice @VERSION@ for Windows
set /a first=%random% %% 6 + 1
set /a second=%random% %% 6 + 1
echo [%first%] [%second%]
