# 答完之后可以点的“还想学什么”（群众点单）：主题和形式的名称。编号见 assets/requests.ron。

request-topic-first-aid = 急救知识
request-topic-medicine-safety = 安全用药
request-topic-phone-fraud = 防电信诈骗
request-topic-fire-safety = 消防安全
request-topic-food-safety = 食品安全
request-topic-mental-health = 心理健康
request-topic-crops-pests = 病虫害防治
request-topic-smartphone = 手机和上网

request-form-talk = 科普讲座
request-form-film = 短视频
request-form-practice = 动手体验
request-form-leaflet = 宣传资料
request-form-contest = 答题比赛
request-form-visit = 上门服务
