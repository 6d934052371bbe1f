# 參觀者在螢幕上看到的文字，按介面分組。

language-name = 繁體中文
    .full = 繁體中文
language-title = 選擇語言

attract-title = 科普小問答
attract-teaser = 您知道嗎？
attract-start = 按一下，開始答題

bar-leave = 結束
bar-larger = 大字
bar-smaller = 標準字
bar-contrast = 高對比度

audience-title = 想答哪一類題目？
audience-privacy = 只統計答題次數，不問姓名，不拍照片，不會記錄您是誰。
audience-general = 大家都適合
audience-senior = 長者
audience-youth = 青少年
audience-farmer = 農友
audience-worker = 前線員工
audience-cadre = 公職人員

topic-title = 想了解什麼？
topic-back = 返回
topic-chosen = 已選：{ $audience }
topic-name-health = 健康生活
topic-name-emergency = 緊急應變
topic-name-antifraud = 提防詐騙
topic-name-agriculture = 農業科普

question-progress = 第 { $n } 題，共 { $of } 題
question-choose-one = 請選一個答案
question-choose-several = 請選 { $n } 個答案
question-put-in-order = 請按正確次序，逐一點選
question-take-back = 按錯了，再按一下就可以取消。
question-fact-or-rumour = 事實還是謠言？
question-quoted = 「
question-what-do-you-think = 您認為呢？
question-true-or-false = 這句話對嗎？
question-confirm = 選好了
question-short-round = 這一類目前只有 { $n } 題，這一輪會短一些。

feedback-right = 答對了！
feedback-wrong = 這次答錯了
feedback-right-fact = 答對了，這是事實！
feedback-right-rumour = 答對了，這是謠言！
feedback-wrong-fact = 答錯了，這是事實
feedback-wrong-rumour = 答錯了，這是謠言
feedback-right-order = 正確的次序
feedback-in-its-place = 位置正確
feedback-put-at = 您排在第 { $n } 位
feedback-chosen-right = 您選對了
feedback-chosen-wrong = 您的選擇
feedback-is-right = 正確答案
feedback-why = 為什麼
feedback-see-why = 看看為什麼
why-back = 回看答案
feedback-source = 資料來源：《{ $title }》，{ $issuer }
feedback-source-article = 資料來源：《{ $title }》{ $count ->
       *[other] 第{ $article }條
    }，{ $issuer }
feedback-and = 、
feedback-about = 「{ $option }」：{ $said }
feedback-next = 下一題
feedback-results = 看看結果

results-score = 答對 { $n } 題，共 { $of } 題
results-all = 全部答對！不妨也把學到的告訴家人。
results-most = 做得好！又弄清楚了幾件事。
results-some = 答錯的題目，現在也知道原因了。
results-few = 每一題都有得着，再來一輪會更好。
results-again = 再答一輪
results-finish = 結束

idle-title = 還在繼續嗎？
idle-seconds = { $n } 秒後返回首頁
idle-keep-going = 繼續答題
idle-start-over = 返回首頁

resting = 設備正在維修，請稍後再來

# Topics, several choices, pictures.
topic-about-health = 吃得放心，身心都好
topic-about-emergency = 地震、火災、洪水，先做什麼
topic-about-antifraud = 一眼看穿騙子的話
topic-about-agriculture = 種好地，用好藥，賣好貨
question-more = 還要選 { $n } 個
question-fewer = 多選了 { $n } 個
question-more-steps = 還有 { $n } 步
question-picture-shows = 圖中內容：{ $alt }

# Reading aloud, and after a round.
narration-hear = 朗讀
narration-stop = 停止
narration-again = 再聽
narration-no-sound = 本機沒有聲音
narration-synthetic = 電腦朗讀
results-retry = 重答錯題
results-requests = 還想學什麼？
results-retried-all = 這回都答對了！
requests-topics = 您還想學什麼？
requests-forms = 喜歡哪種形式？
requests-hint = 各點一個，不點也行。只計次數，不問姓名。
requests-thanks = 記下了，謝謝您！再點一下可以取消。
requests-back = 返回
