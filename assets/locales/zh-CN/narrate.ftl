# Reading packs aloud.

narrate-made = 生成了 { $n } 段朗读。
narrate-other-language = 题包没有列出语言“{ $language }”
narrate-progress = 正在生成朗读：{ $done } / { $all }
narrate-would = 待朗读：{ $make } 段。已完成：{ $keep } 段。待删除：{ $remove } 个文件。
pack-narrate-failed = 电脑朗读出错：{ $reason }
    .hint = 请再试一次；如果仍然出错，请重新安装 espeak-ng。
pack-narrate-form = narration.ron 第 { $line } 行第 { $column } 列无法读取：{ $reason }
    .hint = 这个文件由“kepu pack narrate”写成。请删除它，再运行一次。
pack-narrate-no-program = 没有安装电脑朗读程序
    .hint = 请安装 espeak-ng，例如“apt install espeak-ng”。
pack-narrate-no-voice = espeak-ng 没有语言“{ $language }”的声音
    .hint = 请用“--language”指定其他语言，这一种请真人录音。
pack-narrate-too-long = 题目“{ $id }”有一段文字朗读超过 { $limit } 秒
    .hint = 请缩短文字，或请真人录音。
