# `kepu check` 的提示。「check-」之後是問題代碼，「.hint」說明怎麼改。

check-error = 錯誤
check-warning = 警告
check-help = 建議
check-question = 題目「{ $id }」
check-summary = { $packs } 個題包，{ $questions } 條題目：{ $errors } 個錯誤，{ $warnings } 個警告
check-progress = 已檢查 { $done } 個題包，共 { $packs } 個
check-no-pack = `{ $path }` 裏沒有題包
    .hint = 題包是一個資料夾，裏面有 pack.ron 和 questions.ron 兩個檔案。

check-abbreviation = 縮寫「{ $word }」沒有解釋
    .hint = 請寫出全稱，或在後面用括號說明。
check-absolute-options = 「{ $word }」這類絕對化的詞只出現在錯誤選項裏，容易讓人猜出答案
    .hint = 請去掉這些詞，或在正確選項中也使用。
check-avoided-topic = { $topic ->
    [blood-pressure] 各種指南對正常血壓的界限並不一致
    [salt-six-grams] 每天 6 克鹽是舊版指南的說法
    [wet-towel] 消防部門指出，用濕毛巾捂口鼻穿過濃煙是誤解
    [earthquake-corner] 地震時躲在哪裏，各種來源說法不一
    [choking] 異物哽塞和嬰兒急救的做法在 2025 年有變化
    [cpr-numbers] 普通人做胸外按壓不需要記數字
    [burn-minutes] 燙傷沖水多久，各種來源說法不一
    [lightning-crouch] 雷雨時下蹲是過時的建議
    [theme-lines] 這個號碼在許多地方已經合併或更換
    [drowning-list] 這份清單流傳着幾個不同的版本
    [transfer-delay] 延時到賬的規定可能已有變化
    [penalties] 限額和處罰標準會調整
    [rain-thresholds] 各省的暴雨預警標準不同
    [pesticide-lists] 農藥名錄會調整，天數因產品而異
    [retired-labels] 這項標誌制度已有調整
    [infectious-lists] 傳染病方面的法律已經修訂
    [vaccine-schedules] 接種程序會調整
    [blood-donation] 獻血的法律規定與技術標準不一致
    [sensitive] 這個話題不適合做問答題
    [literacy-share] 這個比例每次調查都會變化
    [deadliest] 這類統計很快就會過時
   *[other] 這個話題最好不出題
 }（「{ $found }」）
    .hint = 請換一個問法，或加上 `waived: [(rule: "Q20", reason: "…", by: "…")]`，寫明理由和責任人。
check-bad-date = 「{ $value }」不是日期
    .hint = 請按年-月-日書寫，例如 2026-11-21。
check-bad-id = 「{ $value }」不能用作編號
    .hint = 編號由 1 到 64 個小寫字母、數字和連字號組成。
check-bad-language = 「{ $value }」不是規範的語言代碼
    .hint = 請寫 zh-CN、en 這樣的代碼。
check-bad-media-name = 「{ $value }」不能用作媒體檔案名稱
    .hint = 請寫 media/ 加檔案名稱：小寫字母、數字、連字號或底線，副檔名為 { $endings } 之一。
check-bad-version = 題包版本號從 1 開始
    .hint = 首次寫 1，每次修改後加大。
check-bad-waiver = 規則「{ $rule }」不能豁免
    .hint = 只有 { $allowed } 可以豁免，請修改題目。
check-brand = 「{ $word }」是品牌名稱
    .hint = 請改用一般說法，例如「聊天軟件」。
check-catch-all-option = 選項應能獨立成立，「{ $word }」卻牽涉其他選項
    .hint = 請換成獨立的答案；選項的顯示順序會打亂。
check-difficulty = 難度只能是 1、2 或 3
    .hint = 1 是容易，2 是中等，3 是較難。
check-double-negative = 「{ $word }」造成雙重否定
    .hint = 請改成正面的問法。
check-duplicate-field = 欄位「{ $name }」寫了兩次
    .hint = 只保留一個。
check-duplicate-language = 語言「{ $language }」寫了兩次
    .hint = 只保留一個。
check-duplicate-option = 選項編號「{ $value }」在本題中重複
    .hint = 每個選項用自己的編號。
check-duplicate-question = 本題包中已有相同編號的題目
    .hint = 每條題目用自己的編號，舊編號不再使用。
check-empty-list = 清單「{ $name }」是空的
    .hint = 至少寫一項。
check-empty-pack = 題包裏沒有題目
    .hint = 請在清單中加入題目。
check-empty-text = 文字是空的
    .hint = 請補上文字；可以省略的欄位也可以刪掉。
check-explanation-long = 講解長度為 { $found }，最多 { $most }
    .hint = 請只留原因和一條建議。中文按字數計算，其他語言按單詞數計算。
check-extension = 題包中不允許使用 RON 擴充
    .hint = 請刪除以 #! 開頭的那一行。
check-extra-language = 題包沒有聲明語言「{ $language }」
    .hint = 請在 pack.ron 的 languages 中加上它，或者刪掉這段文字；它不會顯示。
check-file-missing = 缺少這個檔案
    .hint = 題包必須有 pack.ron 和 questions.ron 兩個檔案。
check-file-too-large = 檔案超過 { $limit } MiB
    .hint = 請把題目分到幾個題包裏。
check-file-unreadable = 無法讀取檔案：{ $reason }
    .hint = 請檢查讀取權限，以及磁碟或 USB 手指是否完好。
check-format-too-new = 題包格式是第 { $format } 版，本程式只支援到第 { $newest } 版
    .hint = 請使用更新的 Kepu。
check-incomplete-prompt = 這句話不是以問句結尾
    .hint = 請以問號結尾，或改為 TrueFalse 判斷題。
check-key-count-multi = 多選題至少要有兩個正確選項，現在有 { $found } 個
    .hint = 請用 correct: true 標出正確選項，或者改為 Single 單選題。
check-key-count-single = 必須有且只有一個正確選項，現在有 { $found } 個
    .hint = 請只給正確的那一個寫上 correct: true。
check-key-stands-out = 正確選項明顯比其他選項長
    .hint = 請縮短正確選項，或把錯誤選項寫得充實些。
check-letter-reference = 「{ $found }」用字母指代選項
    .hint = 請直接寫選項的內容；選項的顯示順序會打亂，也沒有字母編號。
check-missing-alt = 圖片缺少欄位「{ $name }」
    .hint = 請加上 `alt: { "{" } "zh-CN": "…", "en": "…" { "}" }`，說明圖片內容。
check-missing-field = 缺少欄位「{ $name }」
    .hint = 請補上。
check-missing-language = 缺少「{ $language }」的文字
    .hint = pack.ron 列出的每種語言都要有文字。
check-missing-media = 題包中沒有檔案「{ $value }」
    .hint = 請放入該檔案，或刪除這個欄位。
check-missing-source-field = 缺少欄位「{ $name }」，這條題目無法核對
    .hint = 請寫明來源的標題、發佈單位、核對日期和下次覆核日期。
check-mixed-units = 這個選項的單位與第一個選項不同
    .hint = 請統一使用一種單位。
check-more-problems = 本題包還有 { $more } 個問題未列出
    .hint = 請先改好已列出的問題，再檢查一次。
check-needless-waiver = 這裏沒有違反規則 { $rule }，無須豁免
    .hint = 請刪除這一項。
check-negative-prompt = 「{ $word }」使題目從反面提問，容易看漏
    .hint = 請改為正面提問，或加上 negative: true，讓這個詞突出顯示。
check-nesting = 括號嵌套太深
    .hint = 請檢查是否有括號沒有關閉。
check-no-distractor = 所有選項都是正確的
    .hint = 至少提供一個錯誤選項。
check-none-current = 題包中的題目都已過覆核日期，一題也不會出
    .hint = 請覆核題目並寫上新的日期。
check-not-of-order = 排序題用不上「{ $name }」
    .hint = 請刪除。步驟按正確順序列出，不用標出正確選項；參觀者看到的順序是打亂的，每個步驟都要點到，原因寫在講解裏。
check-not-utf8 = 檔案不是 UTF-8 文字
    .hint = 請在編輯器中另存為 UTF-8 編碼。
check-numbers-differ = 數字不一致：「{ $language }」中是 { $numbers }，「{ $other-language }」中是 { $other-numbers }
    .hint = 各種語言請用阿拉伯數字寫出相同的數。
check-numbers-unsorted = 數字既不是從小到大，也不是從大到小
    .hint = 請按順序排列選項。
check-option-count = 有 { $found } 個選項，這種題應有 { $least } 到 { $most } 個
    .hint = 請增加或刪減選項。
check-option-lengths = 這個選項比最短的選項長很多
    .hint = 請讓各選項長短相近。
check-option-long = 選項長度為 { $found }，最多 { $most }
    .hint = 請縮短。中文按字數計算，其他語言按單詞數計算；給長者看的文字要更短。
check-options-alike = 「{ $language }」中這個選項與另一個選項幾乎一樣
    .hint = 選項之間不能只差空格、全半角或標點。
check-past-review = 本題應在 { $value } 前覆核，現在不再出題
    .hint = 請對照來源覆核，並寫上新的日期。
check-phone-number = 電話號碼 { $number } 因地而異，或可能變更
    .hint = { $token ->
        [none] 請改成不帶號碼的問法。緊急電話可以直接寫，其他熱線寫成 { "{{" }hotline.代號{ "}}" }，代號只能是：{ $known }
       *[other] 請改寫成 { $token }，各站會換上當地的號碼。
    }
check-prompt-long = 題目長度為 { $found }，最多 { $most }
    .hint = 請縮短。中文按字數計算，其他語言按單詞數計算；給長者看的文字要更短。
check-prompt-short = 題目太短，不看選項就不明白在問什麼
    .hint = 請寫明問的是什麼，中文至少 { $least } 個字，其他語言至少 { $least } 個單詞。
check-prompt-word-in-key = 「{ $word }」只出現在題目和正確選項裏
    .hint = 請換一種說法，或讓錯誤選項也用到這個詞。
check-ranges-overlap = 這個範圍與前一個選項重疊
    .hint = 每個數只能屬於一個選項。
check-rare-characters = 「{ $found }」不是人人都認識
    .hint = 請換用常用字，或解釋這個詞。
check-review-before-check = 覆核日期早於核對日期
    .hint = review_by 應晚於 checked_on。
check-review-too-late = 覆核日期距核對日期超過 { $months } 個月
    .hint = 事實會變化，請選早一些的日期。
check-rumour-kind = 只有判斷題才能判斷屬實還是謠言
    .hint = 請寫 kind: TrueFalse，選項編號用 true 和 false；或者刪除 rumour: true。
check-several-points = 「{ $word }」使一條題目問了不止一件事
    .hint = 一條題目只問一件事。
check-source-undated = 來源既沒有日期也沒有文號
    .hint = 請加上 `date: "2024-06-28"` 或 `number: "…"`，以便查到文件。
check-step-count = 有 { $found } 個步驟，排序題應有 { $least } 到 { $most } 個
    .hint = 請增加步驟，或把連在一起的步驟合併。
check-straight-quotes = 直引號 { $mark } 是寫程式用的，不宜用在文字裏
    .hint = 請寫「 」，引號內再用『 』；英文寫“ ”和‘ ’，撇號寫 ’。
check-stray-han = 英文中有中文字元：「{ $found }」
    .hint = 請翻譯，並使用英文標點。
check-stray-latin = 「{ $word }」沒有翻譯
    .hint = 請寫成中文，或使用大家都認識的符號。
check-syntax = 此處無法讀取：{ $reason }
    .hint = 請檢查這裏和上一行的逗號、引號和括號。
check-too-many-questions = 題包超過 { $most } 條題目
    .hint = 請把題目分到幾個題包裏。
check-true-false-options = 判斷題只能有「true」和「false」兩個選項，並按此順序
    .hint = 請寫兩個選項，編號就用 true 和 false。
check-units-differ = 數字 { $number } 在「{ $language }」中的單位與「{ $other-language }」不同
    .hint = 各種語言請用相同的單位。
check-unknown-field = 沒有名為「{ $name }」的欄位
    .hint = { $meant ->
        [none] 請刪除，或查一下正確的名稱。
       *[other] 是不是想寫「{ $meant }」？
    }
check-unknown-value = 「{ $value }」不在允許的值之中：{ $allowed }
    .hint = { $meant ->
        [none] 請從中選一個。
       *[other] 是不是想寫「{ $meant }」？
    }
check-unused-media = 沒有題目用到這個檔案
    .hint = 請刪除它，或在題目中引用。
check-url = 「{ $found }」是網址，參觀者在這裏打不開
    .hint = 請改寫成機構名稱。
check-vague-option = 「{ $word }」說法含糊，容易引起爭議
    .hint = 請寫明何時、多久一次或多少，或者去掉這個詞。

# Pictures and telephone lines.
check-alt-long = 圖片說明有 { $found } 字，最多 { $most } 字，太長聽不完
    .hint = 請只寫答題需要看到的內容。
check-alt-tells = 圖片說明裏出現了正確答案的文字「{ $word }」
    .hint = 請描述畫面，不要說出答案。
check-alt-twice = 圖片說明與旁邊的文字相同，朗讀時會重複
    .hint = 請寫畫面內容：形狀、物品、誰在做什麼。
check-colour-alone = 這張圖片與另一張只有顏色不同，有的參觀者分不清顏色
    .hint = 請換用形狀不同的圖片，並寫明不同之處。
check-hotline-outside-question = 熱線只能寫在題目的文字裏
    .hint = 請去掉熱線；題包的名稱在各站都一樣。
check-hotline-review = 以下熱線的號碼應在 { $value } 前再次核對：{ $lines }。沒有填寫本地號碼的站不再出這條題目
    .hint = 請換用號碼核對過的新版程式，或在 station.ron 的 `hotlines` 裏填寫號碼。
check-picture-large = 圖片為 { $width } × { $height } 像素，每邊不得超過 { $most }
    .hint = 請縮小，1600 像素已夠任何螢幕使用。
check-picture-of-judgement = 判斷題的選項帶有圖片
    .hint = 請把圖片放在題目自己的 image 欄位裏。
check-picture-of-map = 圖片內容是「{ $word }」，未經審圖不得展示
    .hint = 請換一張圖片。
check-picture-shape = 圖片為 { $width } × { $height } 像素，長邊超過短邊的 { $most } 倍，看不清內容
    .hint = 請裁剪到重要的部分。
check-picture-small = 圖片為 { $width } × { $height } 像素，顯示會模糊，長邊宜不少於 { $least } 像素
    .hint = 請換用更大的圖片。
check-picture-unreadable = 這不是 PNG、JPEG 或 WebP 圖片，或檔案已損壞
    .hint = 請重新存為 PNG。
check-pictures-on-some = { $of } 個選項中有 { $with } 個帶圖片，這一個沒有
    .hint = 請每個選項都配圖，或都不配。
check-unknown-hotline = 「{ $token }」不是各站都知道的熱線
    .hint = 請寫成 { "{{" }hotline.代號{ "}}" }，代號只能是：{ $known }

# Reading aloud.
check-narration-stale = 有 { $n } 段電腦朗讀不會播放：對應的文字已修改、已有真人錄音或已刪除
    .hint = 請再執行一次「kepu pack narrate」：它會補上缺少的朗讀，並刪除不需要的。
check-narration-unknown = 本題中沒有編號為「{ $value }」、可在這裏朗讀的內容
    .hint = 請填寫本題選項的編號；「feedback」中只能填寫有回饋文字的選項。
