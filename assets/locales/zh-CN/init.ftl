# `kepu init` 的提问和回答。

init-begin = 设置新站。直接按回车，采用方括号里的内容；没有方括号则跳过。
init-id = 本站编号（小写字母、数字、连字符）
init-name-zh = 中文名称
init-name-en = 英文名称
init-venue = 场所类型，填序号或英文
init-division = 行政区划代码，12 位数字
init-languages = 提供的语言，默认语言写在最前
init-panel = 屏幕画面大小：宽x高，单位毫米，例如 527x296；或对角线英寸数
init-upright = 屏幕是竖放的吗？y/n
init-not-a-panel = 看不懂这个屏幕大小
    .hint = 请写毫米，例如 527x296；或写英寸，例如 24。
init-not-shipped = 没有“{ $tag }”的界面文字
    .hint = 可选：{ $shipped }。
init-pin = 工作人员密码，6 到 12 位数字；直接按回车则以后在屏幕上设
init-pin-again = 再输入一次密码
init-pin-differs = 两次输入不一致。
init-ended = 问题还没答完，输入就结束了；什么也没有创建
    .hint = 请重新运行 kepu init，或者用选项加 --yes。
init-no-id = 这里无法提问，又没有给出本站编号
    .hint = 请用 --id 给出；其他选项见 kepu init --help。
init-there = `{ $path }` 已经存在，没有改动
    .hint = 请用文本编辑器修改，或者先把它移走。
init-made = 站点“{ $id }”已设置好。设置文件：{ $path }
init-kept = 设置文件原来就有，保持不变：{ $path }
init-pin-set = 密码已设好。
init-pin-later = 还没有密码：第一次进入工作人员界面时会要求设置。
init-next = 下一步：kepu play --data { $data }

venue-museum = 科技馆
venue-science-station = 科普e站
venue-school = 学校
venue-village = 乡村
venue-community = 社区
venue-mobile = 科普大篷车或巡展
venue-other = 其他

# station.ron 里的值有什么问题。“station-”之后是代码，“.hint”说明怎么改。

station-bad-division = `{ $field }` 必须是 12 位数字的代码
    .hint = 12 位都要写，并放在引号里，例如 `"330102001000"`。
station-bad-hotline = `{ $field }` 中的 `{ $value }` 只能是以下之一：{ $allowed }
    .hint = 请写程序认识的热线代号；kepu check 也会列出。
station-bad-id = `{ $field }` 必须是 1 到 32 个小写字母、数字和连字符，以字母或数字开头
    .hint = 例如 `"east-gate-2"`。
station-bad-key = `{ $field }` 中的 `{ $value }` 不是 minisign 公钥
    .hint = 请复制 .pub 文件的第二行：以 RW 开头，共 56 个字符。
station-bad-language = `{ $field }` 中的 `{ $value }` 不是语言代码
    .hint = 请写 zh-CN、en 这样的代码。
station-bad-name = `{ $language }` 的 `{ $field }` 必须是一行文字，1 到 60 个字
    .hint = 请写短一些，前后不要留空格。
station-bad-path = `{ $field }` 中的 `{ $value }` 不是以 / 开头的完整路径
    .hint = 请写完整路径，例如 `"/media"`。
station-bad-phone = `{ $field }` 中 `{ $value }` 的号码必须是 3 到 20 位数字，中间可用单个连字符
    .hint = 请写在引号里，例如 `"0731-12345678"`；本地没有这条热线就写 None。
station-bad-packs-from = `{ $field }` 必须是以 http:、https:、s3: 开头的地址，其中不能有用户名和密码
    .hint = 密码请放在环境变量或 upload.credentials 文件中。
station-bad-upload = `{ $field }` 必须是完整路径，或以 file:、http:、https:、s3: 开头的地址，其中不能有用户名和密码
    .hint = 密码请放在环境变量或 upload.credentials 文件中。
station-not-one-of = `{ $field }` 只能是以下之一：{ $allowed }
    .hint = 请从中选一个，照原样填写。
station-out-of-range = `{ $field }` 必须在 { $least } 到 { $most } 之间
    .hint = 请写这个范围内的数字。
station-too-many = `{ $field }` 最多 { $most } 个
    .hint = 请删去一些。
station-twice = `{ $field }` 中的 `{ $value }` 写了两次
    .hint = 只保留一个。
