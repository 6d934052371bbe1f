# `kepu pack install`、`list`、`rollback`、`remove` 和工作人員介面關於已安裝題包的文字。
# 「pack-」之後是拒絕或警報的代碼，「.hint」說明怎麼辦。

pack-installed = 已安裝 { $id } 第 { $version } 版。
pack-copying = 正在複製：{ $percent }%
pack-unpacking = 正在解開：{ $percent }%
pack-none-found = `{ $folder }` 裏沒有製作好的題包（.kepu 檔案）
pack-none-installed = 沒有安裝題包，使用程式內置的題包。
pack-unreadable = 無法讀取，已跳過：{ $name }
pack-search-ended = 資料夾內容太多，沒有全部搜尋，可能還有題包：請直接指定題包檔案
pack-row = { $id } 第 { $version } 版：{ $title }，{ $questions } 條題目
pack-row-before = ；上一版：第 { $version } 版
pack-row-built-in = ；程式內置：第 { $version } 版
pack-row-trial = ；試用中，還差 { $left } 人次
pack-back-to-before = { $id } 已從第 { $from } 版還原至第 { $to } 版。
pack-back-to-built-in = { $id } 已從第 { $from } 版還原至程式內置的第 { $to } 版。
pack-remove-question = 要刪除題包 { $id } 的所有已安裝版本嗎？
pack-not-removed = 題包 { $id } 沒有刪除；不在終端機中執行時，請加上 --yes
pack-removed = 已刪除 { $id }。

pack-built-in = 題包 { $id } 是程式內置的，不能刪除或還原
    .hint = 只有後來安裝的題包才能刪除或還原。要更新它，請安裝更高的版本。
pack-busy = 正在進行另一次安裝
    .hint = 請等它結束後再試。
pack-journal = 無法寫入工作記錄檔，因此沒有做任何更改：{ $reason }
    .hint = 請檢查磁碟是否已滿，數據資料夾是否唯讀。
pack-no-space = 本機空間不足：需要 { $needed } MB，剩餘 { $free } MB
    .hint = 請刪除不再使用的題包，或清理磁碟。沒有做任何更改。
pack-no-version-before = { $id } 沒有可以還原的版本
    .hint = 如果不能再使用，請刪除它；如果還需要，請安裝更高的版本。
pack-not-installed = 沒有安裝題包 { $id }
    .hint = 請查看已安裝題包的清單。
pack-older-version = { $id } 第 { $version } 版比正在使用的第 { $in-use } 版舊
    .hint = 只能安裝更高的版本。要用回舊版本，請使用還原功能。
pack-has-errors = 題包 { $id } 有 { $count } 個錯誤，第一個的類型是 { $first }
    .hint = 沒有做任何更改。請把題包交還製作者；用 kepu check 可以列出全部錯誤。
pack-pointer-rebuilt = 已安裝題包的清單損壞，已根據現有檔案重新產生
    .hint = 請核對各題包的版本。如果再次發生，請檢修磁碟。
pack-same-version = { $id } 第 { $version } 版已經在使用
    .hint = 不需要再安裝。如果題目有改動，新題包的版本號必須加大。
pack-stage-differs = 安裝過程中檔案「{ $file }」發生了變化
    .hint = 沒有做任何更改。請重試；如果再次發生，請檢修磁碟。
pack-stick-read = USB 手指已拔出或無法讀取：{ $reason }
    .hint = 沒有做任何更改。請重新插好 USB 手指，或換一個 USB 手指。
pack-store-read = 無法讀取已安裝題包的資料夾：{ $reason }
    .hint = 請檢查數據資料夾的讀取權限，以及磁碟是否完好。
pack-store-write = 無法寫入已安裝題包的資料夾：{ $reason }
    .hint = 正在使用的題包沒有改變。請檢查磁碟是否已滿或唯讀。
pack-unsigned-needs-consent = 這個題包沒有本機認可的簽署
    .hint = 確知製作者是誰才可以安裝。在命令列中請加上 --accept-unsigned。
pack-unsigned-refused = 這個題包沒有簽署，本機只接受有簽署的題包
    .hint = 請把以 .minisig 結尾的簽署檔案也複製到 USB 手指，與題包放在一起。如果沒有，請向發佈單位索取。

pack-damaged-before-plays = 磁碟上的 { $id } 第 { $version } 版已損壞，改用第 { $instead } 版：{ $file }
    .hint = 請重新安裝這個題包。如果再次發生，請檢修磁碟。
pack-damaged-built-in-plays = 磁碟上的 { $id } 第 { $version } 版已損壞，改用程式內置的第 { $instead } 版：{ $file }
    .hint = 請重新安裝這個題包。如果再次發生，請檢修磁碟。
pack-damaged-none-plays = 磁碟上的 { $id } 第 { $version } 版已損壞，不再使用：{ $file }
    .hint = 請重新安裝這個題包。如果再次發生，請檢修磁碟。
pack-withdrawn-to-before = 使用 { $id } 第 { $version } 版時程式反覆當機，已自動還原至第 { $instead } 版
    .hint = 請不要再安裝這一版，並告知製作者。
pack-withdrawn-to-built-in = 使用 { $id } 第 { $version } 版時程式反覆當機，已自動還原至程式內置的第 { $instead } 版
    .hint = 請不要再安裝這一版，並告知製作者。
pack-withdrawn-to-none = 使用 { $id } 第 { $version } 版時程式反覆當機，已自動停用
    .hint = 請不要再安裝這一版，並告知製作者。

pack-pin-question = 管理密碼：{ "" }
pack-pin-needed = 這一步需要管理密碼：請在終端機裏執行，或用 --pin-file 指定密碼檔案
pack-pin-wrong = 密碼不對
pack-pin-locked = 密碼試錯次數太多，{ $seconds } 秒後才能再試
pack-pin-broken = 本機的管理密碼檔案無法讀取，暫時不能操作；請用簽署檔案重設密碼

pack-download-address = 題包的地址無法識別，或者裏面寫了使用者名稱、密碼
    .hint = 請寫成 https://主機/路徑/ 或 s3://儲存桶/前綴?endpoint=https://主機，不要寫使用者名稱和密碼。
pack-download-broken = 題包沒有完整取到：收到的內容不對
    .hint = 沒有做任何更改。請再試一次；如果仍然這樣，請用 USB 手指帶來題包。
pack-download-busy = 題包伺服器正忙
    .hint = 沒有做任何更改。請過幾分鐘再試。
pack-download-certificate = 題包伺服器無法證明自己的身份
    .hint = 沒有做任何更改。請核對地址；如果地址沒錯，就是伺服器證書過期了，或者本機不認識它。
pack-download-clock = 本機時間不對，無法核實伺服器的身份
    .hint = 請先校準日期和時間，再試一次。
pack-download-credentials = 檔案 { $path } 裏的使用者名稱和密碼不能用
    .hint = 這個檔案只能由擁有人讀取（chmod 600），每行寫一個 NAME=value。
pack-download-denied = 題包伺服器拒絕存取
    .hint = 請告訴安裝本站的人：取題包的使用者名稱、密碼（KEPU_PACKS_USER、KEPU_PACKS_PASSWORD）或金鑰不對。用 USB 手指仍可安裝。
pack-download-network = 連不上題包伺服器
    .hint = 沒有做任何更改。請檢查網線或無線網絡後再試，或者用 USB 手指帶來題包。
pack-download-no-place = 這個地址沒有內容，或者伺服器不列出資料夾
    .hint = 請核對地址。不列出資料夾的網站，請寫出某個題包的地址，以 .kepu 結尾。
