# `kepu pack install`、`list`、`rollback`、`remove` 和工作人员界面关于已安装题包的文字。
# “pack-”之后是拒绝或警报的代码，“.hint”说明怎么办。

pack-installed = 已安装 { $id } 第 { $version } 版。
pack-copying = 正在复制：{ $percent }%
pack-unpacking = 正在解包：{ $percent }%
pack-none-found = `{ $folder }` 里没有制作好的题包（.kepu 文件）
pack-none-installed = 没有安装题包，使用程序自带的题包。
pack-unreadable = 无法读取，已跳过：{ $name }
pack-search-ended = 文件夹内容太多，没有全部搜索，可能还有题包：请直接指定题包文件
pack-row = { $id } 第 { $version } 版：{ $title }，{ $questions } 道题
pack-row-before = ；上一版：第 { $version } 版
pack-row-built-in = ；程序自带：第 { $version } 版
pack-row-trial = ；试用中，还差 { $left } 人次
pack-back-to-before = { $id } 已从第 { $from } 版退回到第 { $to } 版。
pack-back-to-built-in = { $id } 已从第 { $from } 版退回到程序自带的第 { $to } 版。
pack-remove-question = 要删除题包 { $id } 的所有已安装版本吗？
pack-not-removed = 题包 { $id } 没有删除；不在终端中运行时，请加上 --yes
pack-removed = 已删除 { $id }。

pack-built-in = 题包 { $id } 是程序自带的，不能删除或退回
    .hint = 只有后来安装的题包才能删除或退回。要更新它，请安装更高的版本。
pack-busy = 正在进行另一次安装
    .hint = 请等它结束后再试。
pack-journal = 无法写入工作日志，因此没有做任何更改：{ $reason }
    .hint = 请检查磁盘是否已满，数据文件夹是否只读。
pack-no-space = 本机空间不足：需要 { $needed } MB，剩余 { $free } MB
    .hint = 请删除不再使用的题包，或清理磁盘。没有做任何更改。
pack-no-version-before = { $id } 没有可以退回的版本
    .hint = 如果不能再使用，请删除它；如果还需要，请安装更高的版本。
pack-not-installed = 没有安装题包 { $id }
    .hint = 请查看已安装题包的列表。
pack-older-version = { $id } 第 { $version } 版比正在使用的第 { $in-use } 版旧
    .hint = 只能安装更高的版本。要用回旧版本，请使用退回功能。
pack-has-errors = 题包 { $id } 有 { $count } 个错误，第一个的类型是 { $first }
    .hint = 没有做任何更改。请把题包退给制作者；用 kepu check 可以列出全部错误。
pack-pointer-rebuilt = 已安装题包的清单损坏，已根据现有文件重新生成
    .hint = 请核对各题包的版本。如果再次发生，请检修磁盘。
pack-same-version = { $id } 第 { $version } 版已经在使用
    .hint = 不需要再安装。如果题目有改动，新题包的版本号必须加大。
pack-stage-differs = 安装过程中文件“{ $file }”发生了变化
    .hint = 没有做任何更改。请重试；如果再次发生，请检修磁盘。
pack-stick-read = 优盘已拔出或无法读取：{ $reason }
    .hint = 没有做任何更改。请重新插好优盘，或换一个优盘。
pack-store-read = 无法读取已安装题包的文件夹：{ $reason }
    .hint = 请检查数据文件夹的读取权限，以及磁盘是否完好。
pack-store-write = 无法写入已安装题包的文件夹：{ $reason }
    .hint = 正在使用的题包没有改变。请检查磁盘是否已满或只读。
pack-unsigned-needs-consent = 这个题包没有本机认可的签名
    .hint = 确知制作者是谁才可以安装。在命令行中请加上 --accept-unsigned。
pack-unsigned-refused = 这个题包没有签名，本机只接受有签名的题包
    .hint = 请把以 .minisig 结尾的签名文件也复制到优盘，与题包放在一起。如果没有，请向发布单位索取。

pack-damaged-before-plays = 磁盘上的 { $id } 第 { $version } 版已损坏，改用第 { $instead } 版：{ $file }
    .hint = 请重新安装这个题包。如果再次发生，请检修磁盘。
pack-damaged-built-in-plays = 磁盘上的 { $id } 第 { $version } 版已损坏，改用程序自带的第 { $instead } 版：{ $file }
    .hint = 请重新安装这个题包。如果再次发生，请检修磁盘。
pack-damaged-none-plays = 磁盘上的 { $id } 第 { $version } 版已损坏，不再使用：{ $file }
    .hint = 请重新安装这个题包。如果再次发生，请检修磁盘。
pack-withdrawn-to-before = 使用 { $id } 第 { $version } 版时程序反复崩溃，已自动退回到第 { $instead } 版
    .hint = 请不要再安装这一版，并告知制作者。
pack-withdrawn-to-built-in = 使用 { $id } 第 { $version } 版时程序反复崩溃，已自动退回到程序自带的第 { $instead } 版
    .hint = 请不要再安装这一版，并告知制作者。
pack-withdrawn-to-none = 使用 { $id } 第 { $version } 版时程序反复崩溃，已自动停用
    .hint = 请不要再安装这一版，并告知制作者。

pack-pin-question = 管理密码：{ "" }
pack-pin-needed = 这一步需要管理密码：请在终端里运行，或用 --pin-file 指定密码文件
pack-pin-wrong = 密码不对
pack-pin-locked = 密码试错次数太多，{ $seconds } 秒后才能再试
pack-pin-broken = 本机的管理密码文件无法读取，暂时不能操作；请用签名文件重设密码

pack-download-address = 题包的地址无法识别，或者里面写了用户名、密码
    .hint = 请写成 https://主机/路径/ 或 s3://存储桶/前缀?endpoint=https://主机，不要写用户名和密码。
pack-download-broken = 题包没有完整取到：收到的内容不对
    .hint = 没有做任何更改。请再试一次；如果仍然这样，请用优盘带来题包。
pack-download-busy = 题包服务器正忙
    .hint = 没有做任何更改。请过几分钟再试。
pack-download-certificate = 题包服务器无法证明自己的身份
    .hint = 没有做任何更改。请核对地址；如果地址没错，就是服务器证书过期了，或者本机不认识它。
pack-download-clock = 本机时间不对，无法核实服务器的身份
    .hint = 请先校准日期和时间，再试一次。
pack-download-credentials = 文件 { $path } 里的用户名和密码不能用
    .hint = 这个文件只能由所有者读取（chmod 600），每行写一个 NAME=value。
pack-download-denied = 题包服务器拒绝访问
    .hint = 请告诉安装本站的人：取题包的用户名、密码（KEPU_PACKS_USER、KEPU_PACKS_PASSWORD）或密钥不对。用优盘仍可安装。
pack-download-network = 连不上题包服务器
    .hint = 没有做任何更改。请检查网线或无线网络后再试，或者用优盘带来题包。
pack-download-no-place = 这个地址没有内容，或者服务器不列出文件夹
    .hint = 请核对地址。不列出文件夹的网站，请写出某个题包的地址，以 .kepu 结尾。
