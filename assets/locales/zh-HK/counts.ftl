counts-started = 開始（看到題目）：{ $n } 人次
counts-answered = 至少答了一題：{ $n } 人次
counts-completed = 完成一輪：{ $n } 人次
counts-answers = 答題：{ $n } 條次
counts-rows = 計入統計的人次（不是人數）：
counts-not-counted = 不計入統計（機器人和工作人員）：
counts-row = { "  " }{ $mode }，{ $outcome }，{ $audience }，{ $topic }：{ $sessions } 人次，答題 { $answers } 條次，答對 { $correct } 條次

mode-visitor = 參觀者
mode-robot = 機器人
mode-staff = 工作人員
outcome-open = 進行中
outcome-completed = 完成
outcome-abandoned = 中途離開
outcome-timed-out = 超時
outcome-interrupted = 中斷

# After a round.
counts-requests = 群眾點單（想學什麼）：
counts-request = { "  " }{ $name }：{ $n } 次
mode-retry = 再答
