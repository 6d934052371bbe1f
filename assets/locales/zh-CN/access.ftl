# 只念给使用读屏软件的人听、不写在屏幕上的话。

access-language = { $other }，更换语言
access-digits = 已输入 { $n } 位
access-waiting = 现在还不能用
