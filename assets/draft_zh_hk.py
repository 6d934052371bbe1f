"""Drafts Hong Kong's Chinese for every message that zh-CN has and zh-HK lacks.

It appends the drafts to the files of `locales/zh-HK` under a line that says so; a draft is for
somebody to read, correct and put in its place. `draft_zh_hk.py - < TEXT` drafts a text. It needs
`opencc` (Debian's package of that name).
"""

import re
import subprocess
import sys
from pathlib import Path

# What opencc leaves as people in mainland China say it, or writes in rarer forms; longer words
# before those that they contain. A word that stays itself keeps shorter ones from changing it.
WORDS = """
優盤=USB 手指
文件夾=資料夾
文件名=檔案名稱
文件=檔案
屏幕=螢幕
信息=資訊
默認=預設
程序=程式
服務器=伺服器
磁盤=磁碟
命令行=命令列
字體=字型
音頻=音訊
保存=儲存
設置=設定
運行=執行
導出=匯出
導入=匯入
拷貝=複製
查找=尋找
搜索=搜尋
打開=開啟
擴展名=副檔名
校驗值=核對值
字符=字元
字節=位元組
字段=欄位
連字符=連字號
用戶名=使用者名稱
鏈接=連結
存儲桶=儲存桶
默認語言=預設語言
老年人=長者
一線職工=前線員工
幹部和公務員=公務員及公職人員
農民朋友=農友
回車=Enter 鍵
數據庫=資料庫
數據包=資料包
人羣=人群
日誌=記錄檔
內存=記憶體
緩存=快取
擴展=擴充
視頻=影片
短視頻=短片
單元格=儲存格
列表=清單
列名=欄名
崩潰=當機
鼠標=滑鼠
界面=介面
菜單=選單
卡喉=哽塞
自帶=內置
簽批=簽核
取整=四捨五入
統計口徑=統計定義
口徑=定義
道題=條題目
這道題=這條題目
（道次）=（題次）
道次=題次
複審=覆核
複核=覆核
退回到=還原至
退回第=還原至第
退回以前=還原至以前
退回內置的第=還原至內置的第
退回自帶的第=還原至內置的第
退回程序自帶的第=還原至程式內置的第
退回=還原
聯繫=聯絡
丟失=遺失
寫保護=防寫
文本檔案=文字檔
文本文件=文字檔
文本=文字
演示=示範
密鑰=金鑰
簽名=簽署
頁籤=分頁
馬上=立即
觀衆=參觀者
觀眾=參觀者
終端=站點
展台=站點
展臺=站點
支持=支援
創建=建立
重啟=重新啟動
重名=同名
只讀=唯讀
點下面的按鈕=按下面的按鈕
擁有者=擁有人
所有者=擁有人
自動退回以前=自動還原至以前
自動退回到=自動還原至
自動退回=自動還原
反饋=回饋
幾秒鐘=幾秒
出錯=發生錯誤
用戶=使用者
打勾=打勾
接種程序=接種程序
數據文件夾=數據資料夾
數據文件=數據檔案
以便查到文件=以便查到文件
籤批=簽核
彙=匯
複製粘貼=複製貼上
動圖=動畫圖片
音頻流=音訊
一道也=一題也
} 道題=} 條題目
} 道=} 條
其中一道=其中一條
對勾=剔號
打勾的=有剔號的
訪問=存取
擴容=增加容量
當前=目前
解壓=解壓縮
解包=解開
英寸=英吋
豎放=直放
巡展=巡迴展覽
環境變量=環境變數
下劃線=底線
採樣率=取樣率
生成=產生
競答題=問答題
帶展台功能的程序=具備展示功能的程式
帶展臺功能的程序=具備展示功能的程式
沒能=未能
該複審了=須覆核
被寫保護=設了防寫
科技館=科學館
字號=字體大小
誤區=誤解
退給=交還
不在終端中=不在終端機中
請在終端裏=請在終端機裏
"""

CHARACTERS = "啓啟 説說 閲閱 鋭銳 税稅 脱脫 悦悅 兑兌 温溫 藴蘊 户戶 爲為 麪麵 羣群 峯峰 牀床 匀勻 産產 强強 内內 没沒 録錄 緑綠 争爭 净淨 呑吞 幷并 戱戲 裡裏 綫線 唿呼 谘諮 温溫"


def draft(text):
    opencc = ["opencc", "-c", "s2hk.json"]
    text = subprocess.run(opencc, input=text, capture_output=True, text=True, check=True).stdout
    text = text.translate({ord(pair[0]): pair[1] for pair in CHARACTERS.split()})
    pairs = [line.split("=") for line in WORDS.strip().splitlines()]
    words = dict(sorted(pairs, key=lambda pair: -len(pair[0])))
    # One pass: what has been put is not looked at again.
    text = re.sub("|".join(map(re.escape, words)), lambda found: words[found.group()], text)
    # Latin words stand free of Han characters.
    for latin in ("USB 手指", "Enter 鍵"):
        text = re.sub(f"(?<=[\u4e00-\u9fff]){latin}", " " + latin, text)
        text = re.sub(f"(?<= ){latin}(?=[\u4e00-\u9fff])", latin, text)
    return text.translate(str.maketrans("“”‘’", "「」『』"))


def messages(path):
    """The messages of a Fluent file by key, each with its attributes."""
    text = path.read_text() if path.exists() else ""
    found = re.findall(r"^([a-z][a-z0-9-]*) = (?:.*\n(?:[ }].*\n|\n(?= ))*)", text, re.M)
    whole = re.finditer(r"^[a-z][a-z0-9-]* =.*\n(?:[ }].*\n)*", text, re.M)
    return dict(zip(found, (one.group() for one in whole)))


def main():
    if sys.argv[1:] == ["-"]:
        sys.stdout.write(draft(sys.stdin.read()))
        return
    locales = Path(__file__).parent / "locales"
    for path in sorted((locales / "zh-CN").glob("*.ftl")):
        to = locales / "zh-HK" / path.name
        own = messages(to)
        lacking = [text for key, text in messages(path).items() if key not in own]
        if lacking:
            with to.open("a") as file:
                file.write("\n# Drafts, to be read and corrected.\n" + draft("".join(lacking)))
            print(f"{to}: {len(lacking)}")


main()
