# `kepu upload`、`collect`、`simulate` 和工作人员界面关于成绩传送的文字。
# “upload-trouble-”之后是故障的代码，“.hint”说明怎么办。

upload-sealed = 已封装 { $sessions } 人次。
upload-sent = 已发送 { $batches } 个数据包，共 { $sessions } 人次；已回读核对，完全一致。
upload-nothing = 没有待发送的成绩。
upload-waiting = 尚待发送：{ $batches } 个数据包，共 { $sessions } 人次。
upload-unsealed = 还不能发送：{ $sessions } 人次。只发送已经过完的日子的成绩。
upload-progress = 正在发送：第 { $done } 个数据包，共 { $all } 个
upload-demonstration = 本机是演示状态，成绩不属于任何站点
    .hint = 请用 kepu init 设定本站编号，或写入 station.ron。
upload-no-address = 没有说明发送到哪里
    .hint = 请用 --to 指定文件夹或地址，或在 station.ron 中写 `upload: "…"`。
upload-address-form = 看不懂目的地的地址
    .hint = 请写完整路径；WebDAV 写 https://host/path/；S3 写 s3://bucket/prefix?endpoint=https://host。
upload-address-secret = 地址里含有用户名或密码
    .hint = 请从地址中删去。用户名和密码放在环境变量或 upload.credentials 文件中。
upload-credentials-open = 其他用户能读到 { $path } 里的密码
    .hint = 请用 chmod 600 限制为只有所有者可读；如果别人可能看过，请更换密码。
upload-credentials-form = 看不懂文件 { $path }
    .hint = 每行写一个“名称=值”，名称见 kepu upload --help。
upload-credentials-unreadable = 无法读取文件 { $path }
    .hint = 请检查文件属于谁，磁盘是否正常。

upload-trouble-denied = 目的地拒绝访问
    .hint = 请检查用户名和密码（或密钥），以及是否有写入权限。每小时会再试一次。
upload-trouble-no-place = 找不到目的地
    .hint = 请检查地址。优盘要先插好，文件夹或存储桶要事先建好。
upload-trouble-full = 目的地空间已满
    .hint = 请在那里腾出空间，或请管理者扩容。本机成绩不会丢失。
upload-trouble-read-only = 目的地不能写入
    .hint = 请检查优盘是否写保护，以及当前用户能否写入该文件夹。
upload-trouble-busy = 目的地正忙
    .hint = 请稍等，会自动再试。
upload-trouble-certificate = 服务器无法证明自己的身份
    .hint = 请检查地址。如果地址没错，就是服务器证书已过期，或者本机不认识它的签发者。
upload-trouble-clock = 本机时钟不对
    .hint = 请设置日期和时间。成绩不会丢失。
upload-trouble-network = 网络不通或太慢
    .hint = 请检查网线或无线网络，会自动再试。
upload-trouble-broken = 回读的内容与发送的不一致
    .hint = 请再试一次。如果再次发生，说明优盘或服务器有问题，请换一个。
upload-trouble-conflict = 目的地已有同名的其他文件，数据包已另存在旁边
    .hint = 请告诉目的地的管理者，并检查是否有别的站点用了相同编号。
upload-trouble-records = 无法读写本站成绩：{ $reason }
    .hint = 请检查磁盘是否已满或损坏。没有任何成绩被标记为已发送。

collect-progress = 正在汇集：第 { $done } 个数据包，共 { $all } 个，新增 { $sessions } 人次
collect-done = { $stations } 个站点：收入 { $batches } 个新数据包，新增 { $sessions } 人次；{ $known } 人次以前已收入。
collect-all = 文件中现有：{ $sessions } 人次。
collect-aside-name = 站点 { $station }：{ $name } 的名称不是数据包的名称
collect-aside-size = 站点 { $station }：{ $name } 比任何数据包都大
collect-aside-hash = 站点 { $station }：{ $name } 不完整或已损坏
collect-aside-gzip = 站点 { $station }：{ $name } 无法解压
collect-aside-line = 站点 { $station }：{ $name } 第 { $number } 行不符合格式，可能由更新版本的程序写成
collect-aside-unreadable = 站点 { $station }：{ $name } 无法读取
collect-aside-differs = 站点 { $station }：{ $name } 中有 { $number } 人次与以前收入的内容不同；保留先收入的
collect-aside-count = 站点 { $station }：{ $count } 个数据包被搁置
    .hint = 其余已收入。请让该站点重新发送，或检查是否有两个站点编号相同，然后再汇集一次。

simulate-progress = 正在模拟：{ $done } 个站点，共 { $all } 个
simulate-done = 已写出 { $stations } 个站点、{ $batches } 个数据包、{ $sessions } 人次、{ $answers } 道次答题；每人次 { $bytes } 字节。
