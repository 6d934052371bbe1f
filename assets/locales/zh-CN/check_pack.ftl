# `kepu check` 对整个题包、相似题目和字符的提示。

check-absolute-distractors = “{ $language }”中，带“一定”“所有”这类绝对化字眼的 { $options } 个选项里有 { $found } 个是错的；碰巧的话最多 { $most } 个
    .hint = 请从错误选项中删去这类字眼，或者在正确选项中也用上；否则答题的人一看就知道该排除。
check-bad-character = 文字中有看不见的字符或会颠倒文字方向的字符：{ $characters }
    .hint = 请重新输入这段文字；这类字符多半是复制粘贴带进来的。也不要自己换行，屏幕会自动换行。
check-key-longest = “{ $language }”中，{ $items } 道题里有 { $found } 道的正确选项最长；碰巧的话最多 { $most } 道
    .hint = 请缩短正确选项，或者把错误选项写得充分些，让人无法凭长短猜出答案。
check-key-positions = { $options } 个选项的题目，正确选项的位置不均匀，从第一位到最后一位依次是 { $counts } 次
    .hint = { $order ->
        [kept] 这些题的选项按固定顺序显示，位置会露出答案。请更换错误选项，让正确选项有时靠前、有时靠后。
       *[other] 请把一部分正确选项移到次数少的位置。
    }
check-key-run = 连续 { $found } 道题的正确选项都在第 { $position } 位，从本题起就太多了
    .hint = 请把本题的正确选项换一个位置。
check-missing-glyph = 终端的字体中没有这些字符：{ $characters }
    .hint = 请换一种写法；对勾之类的符号请用文字代替。
check-near-duplicate = 题包“{ $pack }”的“{ $question }”与题包“{ $other-pack }”的“{ $other }”很像：“{ $language }”中有 { $share }% 相同
    .hint = 请删去其中一道，或者换一个问法和考点。
check-plan-unmet = 按计划，适合“{ $audience }”、难度为 { $difficulty } 的题至少要有 { $least } 道，现在有 { $found } 道
    .hint = 请补充题目，或者修改 pack.ron 中的计划。
check-true-share = { $items } 道判断题中有 { $found } 道是正确的说法
    .hint = 请改写一部分，让正确的说法不少于 { $least } 道、不多于 { $most } 道，免得只按一个答案也能得高分。

coverage-topic = 主题
coverage-audience = 人群
coverage-easy = 容易
coverage-middle = 中等
coverage-hard = 较难
coverage-single = 单选
coverage-true-false = 判断
coverage-multi = 多选
coverage-order = 排序
coverage-total = 合计
coverage-heard = 朗读：{ $pack }，{ $language }：真人录音 { $recorded } 段，电脑朗读 { $synthetic } 段，没有朗读 { $silent } 段
