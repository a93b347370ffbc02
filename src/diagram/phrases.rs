//! The fixed phrases of pictures, in English and Ukrainian.

use crate::wording::Tongue;

/// Declares the fixed phrases, each in English and Ukrainian; `{}` is filled in.
macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident = $english:literal, $ukrainian:literal;)*) => {
        /// A fixed phrase.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Phrase {
            $($(#[$doc])* #[doc = concat!("\"", $english, "\"")] $name),*
        }

        impl Phrase {
            /// Returns the phrase in a language; English, where there is no other.
            pub fn in_language(self, language: &str) -> &'static str {
                match (Tongue::of(language), self) {
                    $((Tongue::Ukrainian, Self::$name) => $ukrainian,)*
                    $((Tongue::English, Self::$name) => $english,)*
                }
            }
        }
    };
}

phrases! {
    AsOf = "As the law stood on {}", "Законодавство станом на {} року";
    Version = "data version {}", "версія даних {}";
    Verified = "{} shown, {} % of them verified", "показано {}, перевірено {} %";
    OtherPillar = "Other", "Інші";
    Military = "Armed forces", "Збройні сили";
    Police = "Police and order", "Поліція та правопорядок";
    Border = "Border and customs", "Кордон і митниця";
    Intelligence = "Intelligence and security", "Розвідка та державна безпека";
    Prisons = "Prisons", "Місця позбавлення волі";
    Private = "Private security and defence industry", "Приватна охорона та оборонпром";
    Support = "Training, logistics and other", "Навчання, забезпечення та інше";
    Head = "Head of state and government", "Глава держави та уряд";
    Ministries = "Ministries and executive bodies", "Міністерства та виконавчі органи";
    UnitsBelow = "with {} below it", "разом із підпорядкованими: {}";
    Rest = "Others", "Інші";
    MapShows = "{} · {} in force or on paper · drawn as {} lines", "{} · {}, чинні або лише на папері · показано ліній: {}";
    MapNote = "A box with a number stands for several bodies.", "Рамка з числом позначає кілька органів.";
    Within = "Not drawn: {} between bodies of one box.", "Не показано між органами однієї рамки: {}.";
    MapDescription = "Overseers by pillar on the left, the executive in the middle, security providers by family on the right; each line leads from those who control to those who are controlled.", "Ліворуч суб’єкти контролю за видами, посередині виконавча влада, праворуч органи сектору безпеки за групами; кожна лінія веде від того, хто контролює, до того, кого контролюють.";
    ControlBy = "Control by", "Контроль";
    OnPaperOnly = "on paper only", "лише на папері";
    ManyMechanisms = "9 or more mechanisms", "9 або більше механізмів";
    Ways = "Ways of control", "Способи контролю";
    MoreMechanisms = "and {} more mechanisms", "та ще механізмів: {}";
    PartOf = "part of (no other link on record)", "у складі (іншого зв’язку не зафіксовано)";
    BrokenStep = "broken: on paper only", "розірвано: лише на папері";
    AnswersTo = "answers to", "підзвітний";
    WayEnds = "The way ends here: nobody is on record to whom this body answers", "Шлях тут уривається: не зафіксовано, кому підзвітний цей орган";
    NoVoters = "The data name no voters of this country", "У даних немає виборців цієї країни";
    IsVoter = "These are the voters themselves.", "Це самі виборці.";
    ChainWhole = "The voters are {} steps away; shortest ways: {}.", "До виборців кроків: {}; найкоротших шляхів: {}.";
    ChainBroken = "No way in force leads to the voters; the shortest on paper has {} steps and is broken; ways: {}.", "Жоден чинний шлях не веде до виборців; найкоротший на папері має кроків: {} і розірваний; шляхів: {}.";
    ChainEnds = "No way on record leads to the voters.", "Жоден зафіксований шлях не веде до виборців.";
    Shortcuts = "Shorter on paper only:", "Коротше лише на папері:";
    ChainNote = "A step leads to those who appoint, dismiss, direct or elect; where no such link is on record, to the body that it is part of.", "Крок веде до тих, хто призначає, звільняє, спрямовує чи обирає; якщо такого зв’язку не зафіксовано, до органу, у складі якого він діє.";
    ChainDescription = "From left to right the steps of accountability, each with mechanism and article, from the body to the voters.", "Зліва направо кроки підзвітності від органу до виборців, кожен із механізмом і статтею.";
    BodyShows = "Controlled by {} (links: {}) · controls {} (links: {})", "Контролюють: {} (зв’язків: {}) · контролює: {} (зв’язків: {})";
    BodyDescription = "In the middle the body, above it those it belongs to, below its own units; on the left those who control it, on the right those whom it controls, each with mechanism and article.", "Посередині орган, над ним ті, до складу яких він належить, під ним його підрозділи; ліворуч ті, хто його контролює, праворуч ті, кого контролює він, із механізмом і статтею.";
    ControlledBy = "Controlled by", "Його контролюють";
    Controls = "Controls", "Контролює";
    HeadedBy = "Head: {}", "Керівник: {}";
    Belongs = "structure", "у складі";
    MoreUnits = "{} more units", "ще підрозділів: {}";
    MapTitle = "who controls the security sector", "хто контролює сектор безпеки";
    GapsTitle = "oversight gaps of the security sector", "прогалини нагляду в секторі безпеки";
    BodyTitle = "{}: who controls it, and whom it controls", "{}: хто контролює і кого контролює";
    ChainTitle = "{}: the way to the voters", "{}: шлях до виборців";
    NetTitle = "The answer as a graph", "Відповідь як граф";
    NetShows = "Resources: {} · lines between them: {} · triples: {}", "Ресурсів: {} · ліній між ними: {} · трійок: {}";
    NetEmpty = "The graph is empty.", "Граф порожній.";
    NetNote = "A box is a resource, with its values in it; a line leads from a resource to what it names, with the property upon it.", "Рамка позначає ресурс зі значеннями в ній; лінія веде від ресурсу до того, що він називає, із властивістю на ній.";
    NetDescription = "The resources of the graph as boxes with their values, and lines from subject to object with the property upon each.", "Ресурси графу як рамки зі значеннями та лінії від підмета до об’єкта з властивістю на кожній.";
    MoreLines = "… {} more", "… ще {}";
    KeyHeading = "Key to the norms not met", "Пояснення до невиконаних норм";
    KeyHint = "Numbers are those of the bodies above.", "Числа позначають органи на рисунку.";
    KeyBodies = "Bodies: {}.", "Органи: {}.";
    EdgeInForce = "control in force", "чинний контроль";
    InForceBy = "Control in force, by pillar", "Чинний контроль за видами";
    EdgeOnPaper = "control on paper only", "контроль лише на папері";
    EdgeNotEnough = "control not enough (weak or too few)", "контроль недостатній (слабкий або неповний)";
    EdgeMissing = "control missing", "контролю немає";
    EdgeForbidden = "control forbidden, but in force", "заборонений, але чинний контроль";
    NoPillarNamed = "No pillar named", "Вид контролю не названо";
    SeveralPillars = "Any of several pillars", "Будь-який із кількох видів";
    BodiesOverseen = "Bodies overseen", "Підконтрольні органи";
    UnknownHeading = "Unknown", "Невідомо";
    UnknownMeans = "no evidence on record, and no survey says that the record is complete", "доказів не зафіксовано, і жоден огляд не стверджує, що запис повний";
    ForbiddenUnknown = "nothing is on record, and nobody states that the record is complete", "в обліку нічого немає, і ніхто не стверджує, що він повний";
    NotShown = "Not shown, with the number of norms not met: {}.", "Не показано, із числом невиконаних норм: {}.";
    GapsShow = "{} of {} bodies that norms bind; verdicts on them: {}.", "Показано органів: {} із {}, яких стосуються норми; вердикти щодо них: {}.";
    GapsDescription = "On the left the overseers by pillar, in the middle the executive, on the right the bodies overseen. Lines in force: {}, on paper only: {}, missing: {}, too weak or too few: {}, forbidden: {}. The key names each norm that is not met.", "Ліворуч суб’єкти контролю за видами, посередині виконавча влада, праворуч підконтрольні органи. Ліній чинних: {}, лише на папері: {}, відсутніх: {}, недостатніх: {}, заборонених: {}. Пояснення називає кожну невиконану норму.";
    Selects = "appoints, elects, dismisses", "призначає, обирає, звільняє";
    Directs = "commands, directs, authorises", "командує, спрямовує, дає дозвіл";
    Funds = "funds and audits", "фінансує та перевіряє кошти";
    Legislates = "makes rules", "установлює правила";
    Asks = "asks, hears, gets reports", "запитує, заслуховує, отримує звіти";
    Judges = "prosecutes and judges", "обвинувачує та судить";
    Watches = "inspects, monitors, takes complaints", "інспектує, наглядає, розглядає скарги";
}

/// Puts `values` one after the other where `phrase` has `{}`.
pub fn filled(phrase: &str, values: &[&str]) -> String {
    let mut parts = phrase.split("{}");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (at, part) in parts.enumerate() {
        text.push_str(values.get(at).copied().unwrap_or_default());
        text.push_str(part);
    }
    text
}
