# `kepu check` 的提示。“check-”之后是问题代码，“.hint”说明怎么改。

check-error = 错误
check-warning = 警告
check-help = 建议
check-question = 题目“{ $id }”
check-summary = { $packs } 个题包，{ $questions } 道题：{ $errors } 个错误，{ $warnings } 个警告
check-progress = 已检查 { $done } 个题包，共 { $packs } 个
check-no-pack = `{ $path }` 里没有题包
    .hint = 题包是一个文件夹，里面有 pack.ron 和 questions.ron 两个文件。

check-abbreviation = 缩写“{ $word }”没有解释
    .hint = 请写出全称，或在后面用括号说明。
check-absolute-options = “{ $word }”这类绝对化的词只出现在错误选项里，容易让人猜出答案
    .hint = 请去掉这些词，或在正确选项中也使用。
check-alt-long = 图片说明有 { $found } 字，最多 { $most } 字，太长听不完
    .hint = 请只写答题需要看到的内容。
check-alt-tells = 图片说明里出现了正确答案的文字“{ $word }”
    .hint = 请描述画面，不要说出答案。
check-alt-twice = 图片说明与旁边的文字相同，朗读时会重复
    .hint = 请写画面内容：形状、物品、谁在做什么。
check-avoided-topic = { $topic ->
    [blood-pressure] 各种指南对正常血压的界限并不一致
    [salt-six-grams] 每天 6 克盐是旧版指南的说法
    [wet-towel] 消防部门指出，用湿毛巾捂口鼻穿过浓烟是误区
    [earthquake-corner] 地震时躲在哪里，各种来源说法不一
    [choking] 异物卡喉和婴儿急救的做法在 2025 年有变化
    [cpr-numbers] 普通人做胸外按压不需要记数字
    [burn-minutes] 烫伤冲水多久，各种来源说法不一
    [lightning-crouch] 雷雨时下蹲是过时的建议
    [theme-lines] 这个号码在许多地方已经合并或更换
    [drowning-list] 这份清单流传着几个不同的版本
    [transfer-delay] 延时到账的规定可能已有变化
    [penalties] 限额和处罚标准会调整
    [rain-thresholds] 各省的暴雨预警标准不同
    [pesticide-lists] 农药名录会调整，天数因产品而异
    [retired-labels] 这项标志制度已有调整
    [infectious-lists] 传染病方面的法律已经修订
    [vaccine-schedules] 接种程序会调整
    [blood-donation] 献血的法律规定与技术标准不一致
    [sensitive] 这个话题不适合做竞答题
    [literacy-share] 这个比例每次调查都会变化
    [deadliest] 这类统计很快就会过时
   *[other] 这个话题最好不出题
 }（“{ $found }”）
    .hint = 请换一个问法，或加上 `waived: [(rule: "Q20", reason: "…", by: "…")]`，写明理由和责任人。
check-bad-date = “{ $value }”不是日期
    .hint = 请按年-月-日书写，例如 2026-11-21。
check-bad-id = “{ $value }”不能用作编号
    .hint = 编号由 1 到 64 个小写字母、数字和连字符组成。
check-bad-language = “{ $value }”不是规范的语言代码
    .hint = 请写 zh-CN、en 这样的代码。
check-bad-media-name = “{ $value }”不能用作媒体文件名
    .hint = 请写 media/ 加文件名：小写字母、数字、连字符或下划线，扩展名为 { $endings } 之一。
check-bad-version = 题包版本号从 1 开始
    .hint = 首次写 1，每次修改后加大。
check-bad-waiver = 规则“{ $rule }”不能豁免
    .hint = 只有 { $allowed } 可以豁免，请修改题目。
check-brand = “{ $word }”是品牌名称
    .hint = 请改用一般说法，例如“聊天软件”。
check-catch-all-option = 选项应能独立成立，“{ $word }”却牵涉其他选项
    .hint = 请换成独立的答案；选项的显示顺序会打乱。
check-colour-alone = 这张图片与另一张只有颜色不同，有的观众分不清颜色
    .hint = 请换用形状不同的图片，并写明不同之处。
check-difficulty = 难度只能是 1、2 或 3
    .hint = 1 是容易，2 是中等，3 是较难。
check-double-negative = “{ $word }”造成双重否定
    .hint = 请改成正面的问法。
check-duplicate-field = 字段“{ $name }”写了两次
    .hint = 只保留一个。
check-duplicate-language = 语言“{ $language }”写了两次
    .hint = 只保留一个。
check-duplicate-option = 选项编号“{ $value }”在本题中重复
    .hint = 每个选项用自己的编号。
check-duplicate-question = 本题包中已有相同编号的题目
    .hint = 每道题用自己的编号，旧编号不再使用。
check-empty-list = 列表“{ $name }”是空的
    .hint = 至少写一项。
check-empty-pack = 题包里没有题目
    .hint = 请在列表中加入题目。
check-empty-text = 文字是空的
    .hint = 请补上文字；可以省略的字段也可以删掉。
check-explanation-long = 讲解长度为 { $found }，最多 { $most }
    .hint = 请只留原因和一条建议。中文按字数计算，其他语言按单词数计算。
check-extension = 题包中不允许使用 RON 扩展
    .hint = 请删除以 #! 开头的那一行。
check-extra-language = 题包没有声明语言“{ $language }”
    .hint = 请在 pack.ron 的 languages 中加上它，或者删掉这段文字；它不会显示。
check-file-missing = 缺少这个文件
    .hint = 题包必须有 pack.ron 和 questions.ron 两个文件。
check-file-too-large = 文件超过 { $limit } MiB
    .hint = 请把题目分到几个题包里。
check-file-unreadable = 无法读取文件：{ $reason }
    .hint = 请检查读取权限，以及磁盘或优盘是否完好。
check-format-too-new = 题包格式是第 { $format } 版，本程序只支持到第 { $newest } 版
    .hint = 请使用更新的 Kepu。
check-hotline-outside-question = 热线只能写在题目的文字里
    .hint = 请去掉热线；题包的名称在各站都一样。
check-hotline-review = 以下热线的号码应在 { $value } 前再次核对：{ $lines }。没有填写本地号码的站不再出这道题
    .hint = 请换用号码核对过的新版程序，或在 station.ron 的 `hotlines` 里填写号码。
check-incomplete-prompt = 这句话不是以问句结尾
    .hint = 请以问号结尾，或改为 TrueFalse 判断题。
check-key-count-multi = 多选题至少要有两个正确选项，现在有 { $found } 个
    .hint = 请用 correct: true 标出正确选项，或者改为 Single 单选题。
check-key-count-single = 必须有且只有一个正确选项，现在有 { $found } 个
    .hint = 请只给正确的那一个写上 correct: true。
check-key-stands-out = 正确选项明显比其他选项长
    .hint = 请缩短正确选项，或把错误选项写得充实些。
check-letter-reference = “{ $found }”用字母指代选项
    .hint = 请直接写选项的内容；选项的显示顺序会打乱，也没有字母编号。
check-missing-alt = 图片缺少字段“{ $name }”
    .hint = 请加上 `alt: { "{" } "zh-CN": "…", "en": "…" { "}" }`，说明图片内容。
check-missing-field = 缺少字段“{ $name }”
    .hint = 请补上。
check-missing-language = 缺少“{ $language }”的文字
    .hint = pack.ron 列出的每种语言都要有文字。
check-missing-media = 题包中没有文件“{ $value }”
    .hint = 请放入该文件，或删除这个字段。
check-missing-source-field = 缺少字段“{ $name }”，这道题无法核对
    .hint = 请写明来源的标题、发布单位、核对日期和下次复核日期。
check-mixed-units = 这个选项的单位与第一个选项不同
    .hint = 请统一使用一种单位。
check-more-problems = 本题包还有 { $more } 个问题未列出
    .hint = 请先改好已列出的问题，再检查一次。
check-needless-waiver = 这里没有违反规则 { $rule }，无须豁免
    .hint = 请删除这一项。
check-narration-stale = 有 { $n } 段电脑朗读不会播放：对应的文字已修改、已有真人录音或已删除
    .hint = 请再运行一次“kepu pack narrate”：它会补上缺少的朗读，并删除不需要的。
check-narration-unknown = 本题中没有编号为“{ $value }”、可在这里朗读的内容
    .hint = 请填写本题选项的编号；“feedback”中只能填写有反馈文字的选项。
check-negative-prompt = “{ $word }”使题目从反面提问，容易看漏
    .hint = 请改为正面提问，或加上 negative: true，让这个词突出显示。
check-nesting = 括号嵌套太深
    .hint = 请检查是否有括号没有关闭。
check-no-distractor = 所有选项都是正确的
    .hint = 至少提供一个错误选项。
check-none-current = 题包中的题目都已过复核日期，一道也不会出
    .hint = 请复核题目并写上新的日期。
check-not-of-order = 排序题用不上“{ $name }”
    .hint = 请删除。步骤按正确顺序列出，不用标出正确选项；观众看到的顺序是打乱的，每个步骤都要点到，原因写在讲解里。
check-not-utf8 = 文件不是 UTF-8 文本
    .hint = 请在编辑器中另存为 UTF-8 编码。
check-numbers-differ = 数字不一致：“{ $language }”中是 { $numbers }，“{ $other-language }”中是 { $other-numbers }
    .hint = 各种语言请用阿拉伯数字写出相同的数。
check-numbers-unsorted = 数字既不是从小到大，也不是从大到小
    .hint = 请按顺序排列选项。
check-option-count = 有 { $found } 个选项，这种题应有 { $least } 到 { $most } 个
    .hint = 请增加或删减选项。
check-option-lengths = 这个选项比最短的选项长很多
    .hint = 请让各选项长短相近。
check-option-long = 选项长度为 { $found }，最多 { $most }
    .hint = 请缩短。中文按字数计算，其他语言按单词数计算；给老年人看的文字要更短。
check-options-alike = “{ $language }”中这个选项与另一个选项几乎一样
    .hint = 选项之间不能只差空格、全半角或标点。
check-past-review = 本题应在 { $value } 前复核，现在不再出题
    .hint = 请对照来源复核，并写上新的日期。
check-phone-number = 电话号码 { $number } 因地而异，或可能变更
    .hint = { $token ->
        [none] 请改成不带号码的问法。紧急电话可以直接写，其他热线写成 { "{{" }hotline.代号{ "}}" }，代号只能是：{ $known }
       *[other] 请改写成 { $token }，各站会换上当地的号码。
    }
check-picture-large = 图片为 { $width } × { $height } 像素，每边不得超过 { $most }
    .hint = 请缩小，1600 像素已够任何屏幕使用。
check-picture-of-judgement = 判断题的选项带有图片
    .hint = 请把图片放在题目自己的 image 字段里。
check-picture-of-map = 图片内容是“{ $word }”，未经审图不得展示
    .hint = 请换一张图片。
check-picture-shape = 图片为 { $width } × { $height } 像素，长边超过短边的 { $most } 倍，看不清内容
    .hint = 请裁剪到要紧的部分。
check-picture-small = 图片为 { $width } × { $height } 像素，显示会模糊，长边宜不少于 { $least } 像素
    .hint = 请换用更大的图片。
check-picture-unreadable = 这不是 PNG、JPEG 或 WebP 图片，或文件已损坏
    .hint = 请重新存为 PNG。
check-pictures-on-some = { $of } 个选项中有 { $with } 个带图片，这一个没有
    .hint = 请每个选项都配图，或都不配。
check-prompt-long = 题目长度为 { $found }，最多 { $most }
    .hint = 请缩短。中文按字数计算，其他语言按单词数计算；给老年人看的文字要更短。
check-prompt-short = 题目太短，不看选项就不明白在问什么
    .hint = 请写明问的是什么，中文至少 { $least } 个字，其他语言至少 { $least } 个单词。
check-prompt-word-in-key = “{ $word }”只出现在题目和正确选项里
    .hint = 请换一种说法，或让错误选项也用到这个词。
check-ranges-overlap = 这个范围与前一个选项重叠
    .hint = 每个数只能属于一个选项。
check-rare-characters = “{ $found }”不是人人都认识
    .hint = 请换用常用字，或解释这个词。
check-review-before-check = 复核日期早于核对日期
    .hint = review_by 应晚于 checked_on。
check-review-too-late = 复核日期距核对日期超过 { $months } 个月
    .hint = 事实会变化，请选早一些的日期。
check-rumour-kind = 只有判断题才能判断属实还是谣言
    .hint = 请写 kind: TrueFalse，选项编号用 true 和 false；或者删除 rumour: true。
check-several-points = “{ $word }”使一道题问了不止一件事
    .hint = 一道题只问一件事。
check-source-undated = 来源既没有日期也没有文号
    .hint = 请加上 `date: "2024-06-28"` 或 `number: "…"`，以便查到文件。
check-step-count = 有 { $found } 个步骤，排序题应有 { $least } 到 { $most } 个
    .hint = 请增加步骤，或把连在一起的步骤合并。
check-straight-quotes = 直引号 { $mark } 是写代码用的，不宜用在文字里
    .hint = 请写“ ”，引号内再用‘ ’；英文的撇号写 ’。
check-stray-han = 英文中有中文字符：“{ $found }”
    .hint = 请翻译，并使用英文标点。
check-stray-latin = “{ $word }”没有翻译
    .hint = 请写成中文，或使用大家都认识的符号。
check-syntax = 此处无法读取：{ $reason }
    .hint = 请检查这里和上一行的逗号、引号和括号。
check-too-many-questions = 题包超过 { $most } 道题
    .hint = 请把题目分到几个题包里。
check-true-false-options = 判断题只能有“true”和“false”两个选项，并按此顺序
    .hint = 请写两个选项，编号就用 true 和 false。
check-units-differ = 数字 { $number } 在“{ $language }”中的单位与“{ $other-language }”不同
    .hint = 各种语言请用相同的单位。
check-unknown-field = 没有名为“{ $name }”的字段
    .hint = { $meant ->
        [none] 请删除，或查一下正确的名称。
       *[other] 是不是想写“{ $meant }”？
    }
check-unknown-hotline = “{ $token }”不是各站都知道的热线
    .hint = 请写成 { "{{" }hotline.代号{ "}}" }，代号只能是：{ $known }
check-unknown-value = “{ $value }”不在允许的值之中：{ $allowed }
    .hint = { $meant ->
        [none] 请从中选一个。
       *[other] 是不是想写“{ $meant }”？
    }
check-unused-media = 没有题目用到这个文件
    .hint = 请删除它，或在题目中引用。
check-url = “{ $found }”是网址，观众在这里打不开
    .hint = 请改写成机构名称。
check-vague-option = “{ $word }”说法含糊，容易引起争议
    .hint = 请写明何时、多久一次或多少，或者去掉这个词。
