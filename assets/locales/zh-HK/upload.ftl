# `kepu upload`、`collect`、`simulate` 和工作人員介面關於成績傳送的文字。
# 「upload-trouble-」之後是故障的代碼，「.hint」說明怎麼辦。

upload-sealed = 已封裝 { $sessions } 人次。
upload-sent = 已發送 { $batches } 個資料包，共 { $sessions } 人次；已回讀核對，完全一致。
upload-nothing = 沒有待發送的成績。
upload-waiting = 尚待發送：{ $batches } 個資料包，共 { $sessions } 人次。
upload-unsealed = 還不能發送：{ $sessions } 人次。只發送已經過完的日子的成績。
upload-progress = 正在發送：第 { $done } 個資料包，共 { $all } 個
upload-demonstration = 本機是示範狀態，成績不屬於任何站點
    .hint = 請用 kepu init 設定本站編號，或寫入 station.ron。
upload-no-address = 沒有說明發送到哪裏
    .hint = 請用 --to 指定資料夾或地址，或在 station.ron 中寫 `upload: "…"`。
upload-address-form = 看不懂目的地的地址
    .hint = 請寫完整路徑；WebDAV 寫 https://host/path/；S3 寫 s3://bucket/prefix?endpoint=https://host。
upload-address-secret = 地址裏含有使用者名稱或密碼
    .hint = 請從地址中刪去。使用者名稱和密碼放在環境變數或 upload.credentials 檔案中。
upload-credentials-open = 其他使用者能讀到 { $path } 裏的密碼
    .hint = 請用 chmod 600 限制為只有擁有人可讀；如果別人可能看過，請更換密碼。
upload-credentials-form = 看不懂檔案 { $path }
    .hint = 每行寫一個「名稱=值」，名稱見 kepu upload --help。
upload-credentials-unreadable = 無法讀取檔案 { $path }
    .hint = 請檢查檔案屬於誰，磁碟是否正常。

upload-trouble-denied = 目的地拒絕存取
    .hint = 請檢查使用者名稱和密碼（或金鑰），以及是否有寫入權限。每小時會再試一次。
upload-trouble-no-place = 找不到目的地
    .hint = 請檢查地址。USB 手指要先插好，資料夾或儲存桶要事先建好。
upload-trouble-full = 目的地空間已滿
    .hint = 請在那裏騰出空間，或請管理者增加容量。本機成績不會遺失。
upload-trouble-read-only = 目的地不能寫入
    .hint = 請檢查 USB 手指是否防寫，以及目前使用者能否寫入該資料夾。
upload-trouble-busy = 目的地正忙
    .hint = 請稍等，會自動再試。
upload-trouble-certificate = 伺服器無法證明自己的身份
    .hint = 請檢查地址。如果地址沒錯，就是伺服器證書已過期，或者本機不認識它的簽發者。
upload-trouble-clock = 本機時鐘不對
    .hint = 請設定日期和時間。成績不會遺失。
upload-trouble-network = 網絡不通或太慢
    .hint = 請檢查網線或無線網絡，會自動再試。
upload-trouble-broken = 回讀的內容與發送的不一致
    .hint = 請再試一次。如果再次發生，說明 USB 手指或伺服器有問題，請換一個。
upload-trouble-conflict = 目的地已有同名的其他檔案，資料包已另存在旁邊
    .hint = 請告訴目的地的管理者，並檢查是否有別的站點用了相同編號。
upload-trouble-records = 無法讀寫本站成績：{ $reason }
    .hint = 請檢查磁碟是否已滿或損壞。沒有任何成績被標記為已發送。

collect-progress = 正在匯集：第 { $done } 個資料包，共 { $all } 個，新增 { $sessions } 人次
collect-done = { $stations } 個站點：收入 { $batches } 個新資料包，新增 { $sessions } 人次；{ $known } 人次以前已收入。
collect-all = 檔案中現有：{ $sessions } 人次。
collect-aside-name = 站點 { $station }：{ $name } 的名稱不是資料包的名稱
collect-aside-size = 站點 { $station }：{ $name } 比任何資料包都大
collect-aside-hash = 站點 { $station }：{ $name } 不完整或已損壞
collect-aside-gzip = 站點 { $station }：{ $name } 無法解壓縮
collect-aside-line = 站點 { $station }：{ $name } 第 { $number } 行不符合格式，可能由更新版本的程式寫成
collect-aside-unreadable = 站點 { $station }：{ $name } 無法讀取
collect-aside-differs = 站點 { $station }：{ $name } 中有 { $number } 人次與以前收入的內容不同；保留先收入的
collect-aside-count = 站點 { $station }：{ $count } 個資料包被擱置
    .hint = 其餘已收入。請讓該站點重新發送，或檢查是否有兩個站點編號相同，然後再匯集一次。

simulate-progress = 正在模擬：{ $done } 個站點，共 { $all } 個
simulate-done = 已寫出 { $stations } 個站點、{ $batches } 個資料包、{ $sessions } 人次、{ $answers } 條次答題；每人次 { $bytes } 位元組。
