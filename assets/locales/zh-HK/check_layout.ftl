# `kepu check` 對題目排版的檢查結果。

check-measuring = 正在檢查「{ $pack }」的排版：{ $percent }%
check-layout-unmeasured = 提示：沒有檢查文字能否在螢幕上放得下；具備展示功能的程式才能檢查

check-text-overflow = 題目「{ $id }」的 { $language } 文字放不下：螢幕 { $size }、{ $profile ->
    [large] 大字
   *[standard] 標準字
 }時，{ $screen ->
    [question] 答題頁
    [right] 答對後的講解頁
    [why] 「為什麼」頁
   *[wrong] 答錯後的講解頁
 }有內容顯示不全（共 { $cases } 種畫面，{ $failing } 種有問題）
    .hint = 把最長的文字改短；如果是某個單詞或數字比所在的框還寬，請把它拆開。
check-text-small = 題目「{ $id }」的 { $language } 文字要縮得太小才放得下：螢幕 { $size }、{ $profile ->
    [large] 大字
   *[standard] 標準字
 }時的{ $screen ->
    [question] 答題頁
    [right] 答對後的講解頁
    [why] 「為什麼」頁
   *[wrong] 答錯後的講解頁
 }（共 { $cases } 種畫面，{ $failing } 種有問題）
    .hint = 把最長的文字改短，例如講解、選項，或對錯誤選項的說明。
