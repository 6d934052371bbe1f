# 为什么不接受这个密码。

staff-pin-weak-short = 密码至少要 6 位数字。
staff-pin-weak-long = 密码最多 12 位数字。
staff-pin-weak-not-digits = 密码只能是数字。
staff-pin-weak-same = 重复同一个数字太容易猜到，请换一个。
staff-pin-weak-run = 连续的数字太容易猜到，请换一个。
staff-pin-weak-repeated = 重复的几位数字太容易猜到，请换一个。
staff-pin-weak-common = 这个密码太常见，请换一个。
staff-pin-weak-date = 日期太容易猜到，请换一个。
