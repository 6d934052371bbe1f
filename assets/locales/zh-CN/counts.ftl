counts-started = 开始（看到题目）：{ $n } 人次
counts-answered = 至少答了一题：{ $n } 人次
counts-completed = 完成一轮：{ $n } 人次
counts-answers = 答题：{ $n } 道次
counts-rows = 计入统计的人次（不是人数）：
counts-not-counted = 不计入统计（再答、机器人和工作人员）：
counts-row = { "  " }{ $mode }，{ $outcome }，{ $audience }，{ $topic }：{ $sessions } 人次，答题 { $answers } 道次，答对 { $correct } 道次

mode-visitor = 观众
counts-requests = 群众点单（想学什么）：
counts-request = { "  " }{ $name }：{ $n } 次

mode-retry = 再答
mode-robot = 机器人
mode-staff = 工作人员
outcome-open = 进行中
outcome-completed = 完成
outcome-abandoned = 中途离开
outcome-timed-out = 超时
outcome-interrupted = 中断
