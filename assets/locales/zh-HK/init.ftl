# `kepu init` 的提問和回答。

init-begin = 設定新站。直接按 Enter 鍵，採用方括號裏的內容；沒有方括號則跳過。
init-id = 本站編號（小寫字母、數字、連字號）
init-name-zh = 中文名稱
init-name-en = 英文名稱
init-venue = 場所類型，填序號或英文
init-division = 行政區劃代碼，12 位數字
init-languages = 提供的語言，預設語言寫在最前
init-panel = 螢幕畫面大小：寬x高，單位毫米，例如 527x296；或對角線英吋數
init-upright = 螢幕是直放的嗎？y/n
init-not-a-panel = 看不懂這個螢幕大小
    .hint = 請寫毫米，例如 527x296；或寫英吋，例如 24。
init-not-shipped = 沒有「{ $tag }」的介面文字
    .hint = 可選：{ $shipped }。
init-pin = 工作人員密碼，6 到 12 位數字；直接按 Enter 鍵則以後在螢幕上設
init-pin-again = 再輸入一次密碼
init-pin-differs = 兩次輸入不一致。
init-ended = 問題還沒答完，輸入就結束了；什麼也沒有建立
    .hint = 請重新執行 kepu init，或者用選項加 --yes。
init-no-id = 這裏無法提問，又沒有給出本站編號
    .hint = 請用 --id 給出；其他選項見 kepu init --help。
init-there = `{ $path }` 已經存在，沒有改動
    .hint = 請用文字編輯器修改，或者先把它移走。
init-made = 站點「{ $id }」已設定好。設定檔案：{ $path }
init-kept = 設定檔案原來就有，保持不變：{ $path }
init-pin-set = 密碼已設好。
init-pin-later = 還沒有密碼：第一次進入工作人員介面時會要求設定。
init-next = 下一步：kepu play --data { $data }

venue-museum = 科學館
venue-science-station = 科普e站
venue-school = 學校
venue-village = 鄉村
venue-community = 社區
venue-mobile = 科普大篷車或巡迴展覽
venue-other = 其他

# station.ron 裏的值有什麼問題。「station-」之後是代碼，「.hint」說明怎麼改。

station-bad-division = `{ $field }` 必須是 12 位數字的代碼
    .hint = 12 位都要寫，並放在引號裏，例如 `"330102001000"`。
station-bad-id = `{ $field }` 必須是 1 到 32 個小寫字母、數字和連字號，以字母或數字開頭
    .hint = 例如 `"east-gate-2"`。
station-bad-key = `{ $field }` 中的 `{ $value }` 不是 minisign 公鑰
    .hint = 請複製 .pub 檔案的第二行：以 RW 開頭，共 56 個字元。
station-bad-language = `{ $field }` 中的 `{ $value }` 不是語言代碼
    .hint = 請寫 zh-CN、en 這樣的代碼。
station-bad-name = `{ $language }` 的 `{ $field }` 必須是一行文字，1 到 60 個字
    .hint = 請寫短一些，前後不要留空格。
station-bad-path = `{ $field }` 中的 `{ $value }` 不是以 / 開頭的完整路徑
    .hint = 請寫完整路徑，例如 `"/media"`。
station-bad-packs-from = `{ $field }` 必須是以 http:、https:、s3: 開頭的地址，其中不能有使用者名稱和密碼
    .hint = 密碼請放在環境變數或 upload.credentials 檔案中。
station-bad-upload = `{ $field }` 必須是完整路徑，或以 file:、http:、https:、s3: 開頭的地址，其中不能有使用者名稱和密碼
    .hint = 密碼請放在環境變數或 upload.credentials 檔案中。
station-not-one-of = `{ $field }` 只能是以下之一：{ $allowed }
    .hint = 請從中選一個，照原樣填寫。
station-out-of-range = `{ $field }` 必須在 { $least } 到 { $most } 之間
    .hint = 請寫這個範圍內的數字。
station-too-many = `{ $field }` 最多 { $most } 個
    .hint = 請刪去一些。
station-twice = `{ $field }` 中的 `{ $value }` 寫了兩次
    .hint = 只保留一個。

# Telephone lines.
station-bad-hotline = `{ $field }` 中的 `{ $value }` 只能是以下之一：{ $allowed }
    .hint = 請寫程式認識的熱線代號；kepu check 也會列出。
station-bad-phone = `{ $field }` 中 `{ $value }` 的號碼必須是 3 到 20 位數字，中間可用單個連字號
    .hint = 請寫在引號裏，例如 `"0731-12345678"`；本地沒有這條熱線就寫 None。
