# `kepu check` 对题目排版的检查结果。

check-measuring = 正在检查“{ $pack }”的排版：{ $percent }%
check-layout-unmeasured = 提示：没有检查文字能否在屏幕上放得下；带展台功能的程序才能检查

check-text-overflow = 题目“{ $id }”的 { $language } 文字放不下：屏幕 { $size }、{ $profile ->
    [large] 大字
   *[standard] 标准字
 }时，{ $screen ->
    [question] 答题页
    [right] 答对后的讲解页
    [why] “为什么”页
   *[wrong] 答错后的讲解页
 }有内容显示不全（共 { $cases } 种画面，{ $failing } 种有问题）
    .hint = 把最长的文字改短；如果是某个单词或数字比所在的框还宽，请把它拆开。
check-text-small = 题目“{ $id }”的 { $language } 文字要缩得太小才放得下：屏幕 { $size }、{ $profile ->
    [large] 大字
   *[standard] 标准字
 }时的{ $screen ->
    [question] 答题页
    [right] 答对后的讲解页
    [why] “为什么”页
   *[wrong] 答错后的讲解页
 }（共 { $cases } 种画面，{ $failing } 种有问题）
    .hint = 把最长的文字改短，例如讲解、选项，或对错误选项的说明。
