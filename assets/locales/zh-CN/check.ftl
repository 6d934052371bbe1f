# `kepu check` 的提示。“check-”之后是问题代码，“.hint”说明怎么改。

check-error = 错误
check-warning = 警告
check-help = 建议
check-question = 题目“{ $id }”
check-summary = { $packs } 个题包，{ $questions } 道题：{ $errors } 个错误，{ $warnings } 个警告
check-progress = 已检查 { $done } 个题包，共 { $packs } 个
check-no-pack = `{ $path }` 里没有题包
    .hint = 题包是一个文件夹，里面有 pack.ron 和 questions.ron 两个文件。

check-bad-date = “{ $value }”不是日期
    .hint = 请按年-月-日书写，例如 2026-11-21。
check-bad-id = “{ $value }”不能用作编号
    .hint = 编号由 1 到 64 个小写字母、数字和连字符组成。
check-bad-language = “{ $value }”不是规范的语言代码
    .hint = 请写 zh-CN、en 这样的代码。
check-bad-version = 题包版本号从 1 开始
    .hint = 首次写 1，每次修改后加大。
check-difficulty = 难度只能是 1、2 或 3
    .hint = 1 是容易，2 是中等，3 是较难。
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
check-extension = 题包中不允许使用 RON 扩展
    .hint = 请删除以 #! 开头的那一行。
check-extra-language = 题包没有声明语言“{ $language }”
    .hint = 请在 pack.ron 的 languages 中加上它，或者删掉这段文字；它不会显示。
check-file-missing = 缺少这个文件
    .hint = 题包必须有 pack.ron 和 questions.ron 两个文件。
check-file-too-large = 文件超过 { $limit } MiB
    .hint = 请把题目分到几个题包里。
check-file-unreadable = 无法读取文件：{ $reason }
    .hint = 请检查读取权限，以及磁盘或 U 盘是否完好。
check-format-too-new = 题包格式是第 { $format } 版，本程序只支持到第 { $newest } 版
    .hint = 请使用更新的 Kepu。
check-key-count-multi = 多选题至少要有两个正确选项，现在有 { $found } 个
    .hint = 请用 correct: true 标出正确选项，或者改为 Single 单选题。
check-key-count-single = 必须有且只有一个正确选项，现在有 { $found } 个
    .hint = 请只给正确的那一个写上 correct: true。
check-missing-field = 缺少字段“{ $name }”
    .hint = 请补上。
check-missing-language = 缺少“{ $language }”的文字
    .hint = pack.ron 列出的每种语言都要有文字。
check-missing-source-field = 缺少字段“{ $name }”，这道题无法核对
    .hint = 请写明来源的标题、发布单位、核对日期和下次复核日期。
check-more-problems = 本题包还有 { $more } 个问题未列出
    .hint = 请先改好已列出的问题，再检查一次。
check-nesting = 括号嵌套太深
    .hint = 请检查是否有括号没有关闭。
check-no-distractor = 所有选项都是正确的
    .hint = 至少提供一个错误选项。
check-none-current = 题包中的题目都已过复核日期，一道也不会出
    .hint = 请复核题目并写上新的日期。
check-not-utf8 = 文件不是 UTF-8 文本
    .hint = 请在编辑器中另存为 UTF-8 编码。
check-numbers-differ = 数字不一致：“{ $language }”中是 { $numbers }，“{ $other-language }”中是 { $other-numbers }
    .hint = 各种语言请用阿拉伯数字写出相同的数。
check-option-count = 有 { $found } 个选项，这种题应有 { $least } 到 { $most } 个
    .hint = 请增加或删减选项。
check-options-alike = “{ $language }”中这个选项与另一个选项几乎一样
    .hint = 选项之间不能只差空格、全半角或标点。
check-past-review = 本题应在 { $value } 前复核，现在不再出题
    .hint = 请对照来源复核，并写上新的日期。
check-review-before-check = 复核日期早于核对日期
    .hint = review_by 应晚于 checked_on。
check-review-too-late = 复核日期距核对日期超过 { $months } 个月
    .hint = 事实会变化，请选早一些的日期。
check-source-undated = 来源既没有日期也没有文号
    .hint = 请加上 date: "2024-06-28" 或 number: "…"，以便查到文件。
check-syntax = 此处无法读取：{ $reason }
    .hint = 请检查这里和上一行的逗号、引号和括号。
check-true-false-options = 判断题只能有“true”和“false”两个选项，并按此顺序
    .hint = 请写两个选项，编号就用 true 和 false。
check-units-differ = 数字 { $number } 在“{ $language }”中的单位与“{ $other-language }”不同
    .hint = 各种语言请用相同的单位。
check-unknown-field = 没有名为“{ $name }”的字段
    .hint = { $meant ->
        [none] 请删除，或查一下正确的名称。
       *[other] 是不是想写“{ $meant }”？
    }
check-unknown-value = “{ $value }”不在允许的值之中：{ $allowed }
    .hint = { $meant ->
        [none] 请从中选一个。
       *[other] 是不是想写“{ $meant }”？
    }
