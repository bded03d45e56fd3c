"""What the people of the demo say, in English and in Arabic. Invented, and meant with respect."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "kitchen": {"en": "Sidra Lanes Kitchen", "ar": "مطبخ أزقة السدرة"},
    "lantern": {"en": "Lantern Street", "ar": "شارع الفوانيس"},
    "claro": {"en": "Río Claro", "ar": "ريو كلارو"},
    "amna": {"en": "Amna", "ar": "آمنة"},
    "nuha": {"en": "Nuha", "ar": "نهى"},
    "idris": {"en": "Idris", "ar": "إدريس"},
    "maren": {"en": "Maren", "ar": "مارن"},
    "tariq": {"en": "Tariq", "ar": "طارق"},
    "lucia": {"en": "Lucía", "ar": "لوسيا"},
    "zahra": {"en": "Khala Zahra", "ar": "الخالة زهرة"},
    "courtyard": {"en": "The courtyard behind the kitchen", "ar": "الفناء خلف المطبخ"},
    "heard_need": {
        "en": "The sorghum runs out in nine days. The pump has stood still since the belt tore.",
        "ar": "الذرة الرفيعة تكفي تسعة أيام. والمضخة واقفة منذ انقطع السير.",
    },
    "heard_works": {
        "en": "Three lanes cook in turn; nobody has been sent away hungry.",
        "ar": "ثلاثة أزقة تطبخ بالتناوب، ولم يُرَدَّ أحدٌ جائعًا.",
    },
    "heard_risk": {
        "en": "A queue that can be seen from the bridge draws attention.",
        "ar": "الطابور الذي يُرى من الجسر يلفت الأنظار.",
    },
    "heard_do_not": {
        "en": "No cameras at the pots. No clothes: there is no dry room to keep them.",
        "ar": "لا كاميرات عند القدور. ولا ملابس: ليس عندنا مكان جاف نحفظها فيه.",
    },
    "sack": {"en": "sacks of 50 kg", "ar": "كيس زنة ٥٠ كغ"},
    "piece": {"en": "pieces", "ar": "قطعة"},
    "packet": {"en": "packets", "ar": "عبوة"},
    "hour": {"en": "hours", "ar": "ساعة"},
    "region": {"en": "Nahr Samra", "ar": "نهر سمرا"},
    "sorghum": {"en": "Sorghum", "ar": "ذرة رفيعة"},
    "belt": {"en": "A belt for the pump", "ar": "سير للمضخة"},
    "salts": {"en": "Water salts", "ar": "أملاح الإماهة"},
    "shovels": {"en": "Shovels", "ar": "مجارف"},
    "bookkeeping": {"en": "Bookkeeping, from afar", "ar": "مسك الدفاتر عن بُعد"},
    "lanes": {"en": "The three lanes that cook together", "ar": "الأزقة الثلاثة التي تطبخ معًا"},
    "why_no_clothes": {
        "en": "Sorting and storing them would take the room the grain needs.",
        "ar": "فرزها وحفظها يأخذان المكان الذي يحتاجه الحبّ.",
    },
    "film_crew": {
        "en": "Three people with a camera could come for five days and tell your story here.",
        "ar": "يستطيع ثلاثة أشخاص معهم كاميرا أن يأتوا خمسة أيام ويرووا قصتكم هنا.",
    },
    "no_film": {
        "en": "Nobody has agreed to be filmed. We will tell you if that changes.",
        "ar": "لم يوافق أحد على التصوير. سنخبركم إن تغيّر ذلك.",
    },
    "coats_sold": {
        "en": "We sold the coats in our own street instead. Two hundred people came."
        " Please use this as you see fit.",
        "ar": "بعنا المعاطف في شارعنا بدل إرسالها، وجاء مئتا شخص. خذوا ما جاءت به كما ترون.",
    },
    "by_hand": {
        "en": "It waits in the next town until Idris says that the road is open.",
        "ar": "تنتظر في البلدة المجاورة حتى يقول إدريس إن الطريق مفتوح.",
    },
    "seller": {"en": "The grain store by the ford", "ar": "مخزن الحبوب عند المخاضة"},
    "receipt": {"en": "Receipt 118, in the tin in the kitchen", "ar": "الإيصال ١١٨، في علبة المطبخ"},
    "pharmacy": {"en": "The pharmacy by the bridge", "ar": "الصيدلية عند الجسر"},
    "receipt_salts": {"en": "Receipt 124, in the tin in the kitchen", "ar": "الإيصال ١٢٤، في علبة المطبخ"},
    "no_blame": {
        "en": "Two sacks were wet and were left at the ford. The driver told us himself. No blame.",
        "ar": "كيسان ابتلّا فتُركا عند المخاضة. أخبرنا السائق بنفسه. لا لوم على أحد.",
    },
    "for_salts": {"en": "From the bake sale on Saturday.", "ar": "من بيع المخبوزات يوم السبت."},
    "teach_repair": {
        "en": "Our mechanics could teach the repair by voice, in Arabic, at an hour you choose.",
        "ar": "يستطيع ميكانيكيونا أن يعلّموا الإصلاح صوتًا، بالعربية، في ساعة تختارونها.",
    },
    "": {"en": "", "ar": ""},
}

ABOUT: dict[str, dict[str, str]] = {
    "amna": {
        "en": "Steward of the kitchen. She founded this book.",
        "ar": "منسّقة المطبخ، وهي التي أسّست هذا الدفتر.",
    },
    "nuha": {
        "en": "Of the kitchen. She says the second yes.",
        "ar": "من المطبخ، وهي التي تقول «نعم» الثانية.",
    },
    "idris": {"en": "Of the kitchen. He keeps the store and counts.", "ar": "من المطبخ، يحفظ المخزن ويعدّ."},
    "maren": {
        "en": "Of Lantern Street, a collective abroad that wants to help and learns to ask.",
        "ar": "من شارع الفوانيس، جماعة في الخارج تريد أن تعين وتتعلّم أن تسأل.",
    },
    "tariq": {"en": "Of Lantern Street, and of the diaspora.", "ar": "من شارع الفوانيس، ومن أبناء المهجر."},
    "lucia": {
        "en": "Of Río Claro, a neighbourhood network that would like to teach.",
        "ar": "من ريو كلارو، شبكة حيّ تودّ أن تعلّم.",
    },
}
