# What visitors may say that they would like to learn, and how.
request-topic-first-aid = 急救知識
request-topic-medicine-safety = 安全用藥
request-topic-phone-fraud = 防電話騙案
request-topic-fire-safety = 消防安全
request-topic-food-safety = 食品安全
request-topic-mental-health = 心理健康
request-topic-crops-pests = 病蟲害防治
request-topic-smartphone = 手機和上網
request-form-talk = 科普講座
request-form-film = 短片
request-form-practice = 動手體驗
request-form-leaflet = 宣傳單張
request-form-contest = 答題比賽
request-form-visit = 上門服務
