# What a screen reader says beyond what is written.
access-language = { $other }，更換語言
access-digits = 已輸入 { $n } 位
access-waiting = 現在還不能用
