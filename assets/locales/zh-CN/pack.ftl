# Texts of pack.

pack-no-store = 这里不能更换题包。
    .hint = 请安装完整的程序。
