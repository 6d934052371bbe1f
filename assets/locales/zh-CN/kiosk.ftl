# 观众在屏幕上看到的文字，按界面分组。

language-name = 中文
    .full = 简体中文
language-title = 选择语言

attract-title = 科普小问答
attract-teaser = 你知道吗？
attract-start = 点一下，开始答题

bar-leave = 结束
bar-larger = 大字
bar-smaller = 标准字
bar-contrast = 高对比度

audience-title = 想答哪一类题目？
audience-privacy = 只统计答题次数，不问姓名，不留照片，不记录您是谁。
audience-general = 大家都适合
audience-senior = 老年人
audience-youth = 青少年
audience-farmer = 农民朋友
audience-worker = 一线职工
audience-cadre = 干部和公务员

topic-title = 想了解什么？
topic-back = 返回
topic-chosen = 已选：{ $audience }
topic-name-health = 健康生活
topic-name-emergency = 应急避险
topic-name-antifraud = 防骗反诈
topic-name-agriculture = 农业科普
topic-about-health = 吃得放心，身心都好
topic-about-emergency = 地震、火灾、洪水，先做什么
topic-about-antifraud = 一眼看穿骗子的话
topic-about-agriculture = 种好地，用好药，卖好货

question-progress = 第 { $n } 题，共 { $of } 题
question-choose-one = 选一个答案
question-choose-several = 选 { $n } 个答案
question-put-in-order = 按正确的顺序，一个一个点
question-take-back = 点错了，再点一下就能取消。
question-fact-or-rumour = 事实还是谣言？
question-quoted = “
question-what-do-you-think = 您怎么看？
question-true-or-false = 这句话对吗？
question-confirm = 选好了
question-more = 还要选 { $n } 个
question-fewer = 多选了 { $n } 个
question-more-steps = 还有 { $n } 步
question-short-round = 这一类目前只有 { $n } 道题，这一轮会短一些。
question-picture-shows = 图中内容：{ $alt }

narration-hear = 朗读
narration-stop = 停止
narration-again = 再听
narration-no-sound = 本机没有声音
narration-synthetic = 电脑朗读

feedback-right = 答对了！
feedback-wrong = 这次没答对
feedback-right-fact = 答对了，这是事实！
feedback-right-rumour = 答对了，这是谣言！
feedback-wrong-fact = 没答对，这是事实
feedback-wrong-rumour = 没答对，这是谣言
feedback-right-order = 正确的顺序
feedback-in-its-place = 放对了
feedback-put-at = 您排在第 { $n } 位
feedback-chosen-right = 您选对了
feedback-chosen-wrong = 您的选择
feedback-is-right = 正确答案
feedback-why = 为什么
feedback-see-why = 看看为什么
why-back = 回看答案
feedback-source = 来源：《{ $title }》，{ $issuer }
feedback-source-article = 来源：《{ $title }》{ $count ->
       *[other] 第{ $article }条
    }，{ $issuer }
feedback-and = 、
feedback-about = “{ $option }”：{ $said }
feedback-next = 下一题
feedback-results = 看看结果

results-score = 答对 { $n } 题，共 { $of } 题
results-all = 全对！把学到的也讲给家人听吧。
results-most = 真不错！又弄清楚了几件事。
results-some = 答错的题，现在也知道为什么了。
results-few = 每一题都有收获，再来一轮会更好。
results-again = 再答一轮
results-retry = 重答错题
results-requests = 还想学什么？
results-retried-all = 这回都答对了！
results-finish = 结束

requests-topics = 您还想学什么？
requests-forms = 喜欢哪种形式？
requests-hint = 各点一个，不点也行。只计次数，不问姓名。
requests-thanks = 记下了，谢谢您！再点一下可以取消。
requests-back = 返回

idle-title = 还在继续吗？
idle-seconds = { $n } 秒后回到首页
idle-keep-going = 继续答题
idle-start-over = 回到首页

resting = 设备正在维护，请稍后再来
