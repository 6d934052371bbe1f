# A locale as somebody begins it: two messages.
language-name = 中文（臺灣）
bar-leave = 離開
