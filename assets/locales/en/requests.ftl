# What visitors may say they would like to learn next: names of topics and forms. The ids stand in
# assets/requests.ron.

request-topic-first-aid = First aid
request-topic-medicine-safety = Medicines
request-topic-phone-fraud = Phone fraud
request-topic-fire-safety = Fire safety
request-topic-food-safety = Food safety
request-topic-mental-health = Mental health
request-topic-crops-pests = Crop pests
request-topic-smartphone = Going online

request-form-talk = Talk
request-form-film = Short film
request-form-practice = Hands-on
request-form-leaflet = Leaflet
request-form-contest = Contest
request-form-visit = Home visit
