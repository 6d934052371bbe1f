# What `kepu pack narrate` says.
narrate-made = 產生了 { $n } 段朗讀。
narrate-other-language = 題包沒有列出語言「{ $language }」
narrate-progress = 正在產生朗讀：{ $done } / { $all }
narrate-would = 待朗讀：{ $make } 段。已完成：{ $keep } 段。待刪除：{ $remove } 個檔案。
pack-narrate-failed = 電腦朗讀發生錯誤：{ $reason }
    .hint = 請再試一次；如果仍然發生錯誤，請重新安裝 espeak-ng。
pack-narrate-form = narration.ron 第 { $line } 行第 { $column } 列無法讀取：{ $reason }
    .hint = 這個檔案由「kepu pack narrate」寫成。請刪除它，再執行一次。
pack-narrate-no-program = 沒有安裝電腦朗讀程式
    .hint = 請安裝 espeak-ng，例如「apt install espeak-ng」。
pack-narrate-no-voice = espeak-ng 沒有語言「{ $language }」的聲音
    .hint = 請用「--language」指定其他語言，這一種請真人錄音。
pack-narrate-too-long = 題目「{ $id }」有一段文字朗讀超過 { $limit } 秒
    .hint = 請縮短文字，或請真人錄音。
