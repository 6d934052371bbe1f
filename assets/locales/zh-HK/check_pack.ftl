# `kepu check` 對整個題包、相似題目和字元的提示。

check-absolute-distractors = 「{ $language }」中，帶「一定」「所有」這類絕對化字眼的 { $options } 個選項裏有 { $found } 個是錯的；碰巧的話最多 { $most } 個
    .hint = 請從錯誤選項中刪去這類字眼，或者在正確選項中也用上；否則答題的人一看就知道該排除。
check-bad-character = 文字中有看不見的字元或會顛倒文字方向的字元：{ $characters }
    .hint = 請重新輸入這段文字；這類字元多半是複製貼上帶進來的。也不要自己換行，螢幕會自動換行。
check-key-longest = 「{ $language }」中，{ $items } 條題目裏有 { $found } 條的正確選項最長；碰巧的話最多 { $most } 條
    .hint = 請縮短正確選項，或者把錯誤選項寫得充分些，讓人無法憑長短猜出答案。
check-key-positions = { $options } 個選項的題目，正確選項的位置不均勻，從第一位到最後一位依次是 { $counts } 次
    .hint = { $order ->
        [kept] 這些題的選項按固定順序顯示，位置會露出答案。請更換錯誤選項，讓正確選項有時靠前、有時靠後。
       *[other] 請把一部分正確選項移到次數少的位置。
    }
check-key-run = 連續 { $found } 條題目的正確選項都在第 { $position } 位，從本題起就太多了
    .hint = 請把本題的正確選項換一個位置。
check-missing-glyph = 站點的字型中沒有這些字元：{ $characters }
    .hint = 請換一種寫法；剔號之類的符號請用文字代替。
check-near-duplicate = 題包「{ $pack }」的「{ $question }」與題包「{ $other-pack }」的「{ $other }」很像：「{ $language }」中有 { $share }% 相同
    .hint = 請刪去其中一條，或者換一個問法和考點。
check-plan-unmet = 按計劃，適合「{ $audience }」、難度為 { $difficulty } 的題至少要有 { $least } 條，現在有 { $found } 條
    .hint = 請補充題目，或者修改 pack.ron 中的計劃。
check-true-share = { $items } 條判斷題中有 { $found } 條是正確的說法
    .hint = 請改寫一部分，讓正確的說法不少於 { $least } 條、不多於 { $most } 條，免得只按一個答案也能得高分。

coverage-topic = 主題
coverage-audience = 人群
coverage-easy = 容易
coverage-middle = 中等
coverage-hard = 較難
coverage-single = 單選
coverage-true-false = 判斷
coverage-multi = 多選
coverage-order = 排序
coverage-total = 合計

# Reading aloud.
coverage-heard = 朗讀：{ $pack }，{ $language }：真人錄音 { $recorded } 段，電腦朗讀 { $synthetic } 段，沒有朗讀 { $silent } 段
