//! The fixed words of sentences, in English and in Ukrainian.
//!
//! Another language is one more field in [`Phrase`] and [`Counted`], and one more text in each line here. `{0}`, `{1}`
//! ... are places to fill. Names that are filled in do not bend, so a Ukrainian sentence puts them after a colon or a
//! dash, or where it takes the nominative.

/// A text in each language.
#[derive(Clone, Copy, Debug)]
pub struct Phrase {
    pub(super) english: &'static str,
    pub(super) ukrainian: &'static str,
}

/// A number and what it counts: in English for one and for others, in Ukrainian for one, a few and many.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    pub(super) english: [&'static str; 2],
    pub(super) ukrainian: [&'static str; 3],
}

macro_rules! phrases {
    ($($name:ident: $english:literal | $ukrainian:literal;)*) => {
        $(
            #[doc = concat!("`", $english, "`")]
            pub const $name: Phrase = Phrase { english: $english, ukrainian: $ukrainian };
        )*
        #[cfg(test)]
        pub(super) const EVERY: &[Phrase] = &[$($name),*];
    };
}

macro_rules! counted {
    ($($name:ident: [$one:literal, $other:literal] | [$($form:literal),*];)*) => {
        $(
            #[doc = concat!("`", $other, "`")]
            pub const $name: Counted = Counted { english: [$one, $other], ukrainian: [$($form),*] };
        )*
        #[cfg(test)]
        pub(super) const EVERY_COUNTED: &[Counted] = &[$($name),*];
    };
}

phrases! {
    // Verdicts
    GAP: "gap" | "прогалина";
    PARTIAL: "partial" | "частково";
    ON_PAPER_VERDICT: "on paper" | "лише на папері";
    UNKNOWN: "unknown" | "невідомо";
    MET: "met" | "виконано";

    // Checks
    CHECK: "Check" | "Перевірка";
    LEVEL: "level" | "рівень";
    LEVEL_ERROR: "error" | "помилка";
    LEVEL_WARN: "warn" | "попередження";
    LEVEL_INFO: "info" | "примітка";
    RULE: "rule" | "правило";
    ISSUES: "issues" | "випадків";
    SUBJECT: "subject" | "об’єкт";
    VALUE: "value" | "значення";
    PLACE: "place" | "місце";
    MESSAGE: "message" | "повідомлення";

    // Queries
    QUERY: "Query" | "Запит";
    QUERY_NAME: "name" | "назва";
    QUESTION: "question" | "запитання";
    PARAMETERS: "parameters" | "параметри";
    PARAMETER: "parameter" | "параметр";
    TAKES: "takes" | "приймає";
    IF_LEFT_OUT: "if left out" | "якщо не вказано";
    MUST_BE_GIVEN: "must be given" | "слід вказати";
    ANY_VALUE: "any" | "будь-яке";
    TAGS: "tags: {0}" | "теги: {0}";

    // Lists
    OR: "or" | "або";
    AND: "and" | "і";
    AND_MORE: " and {0} more" | " і ще {0}";

    // Time
    SINCE: "since {0}" | "з {0}";
    FROM_TO: "{0} to {1}" | "з {0} до {1}";
    UNTIL: "until {0}" | "до {0}";
    START_UNKNOWN: "start not on record" | "початок не вказано";

    // Links
    NO_PROVISION: "no provision on record" | "положення не вказано";
    LINK_BY: "{0} by {1}" | "{0} — {1}";
    OVER: "over {0}" | "щодо {0}";
    TODAY: "{0} today" | "нині {0}";
    WEAK: "weak: {0}" | "слабкий: {0}";
    WEAK_MARK: " (weak)" | " (слабкий)";
    NOT_VERIFIED: "not verified" | "не перевірено";
    SELECTION_NOT_ON_RECORD: "selection not on record" | "порядок добору не вказано";

    // Independence
    OF_OVERSEEN: "the overseen" | "підконтрольного органу";
    OF_MINISTRY: "the ministry" | "міністерства";
    OF_EXECUTIVE: "the executive" | "виконавчої влади";
    INDEPENDENT_OF: "independent of {0}" | "незалежний від {0}";

    // What is missing, or must not be
    AN_OVERSEER: "an overseer" | "суб’єкт контролю";
    OVERSEERS_FROM: "overseers {0}" | "суб’єкти контролю {0}";
    FROM: "from {0}" | "{0}";
    WITH_MECHANISMS: "with {0}" | "механізми: {0}";
    BY_MECHANISMS: "by {0}" | "механізм: {0}";
    HOLDS_FORBIDDEN_POWER: "holds the power of {0}, which the norm forbids" | "має повноваження, яке норма забороняє: {0}";
    MUST_NOT_BE_UNDER: "must not be under {0}" | "не має бути: {0}";
    ANY_CONTROL: "any control" | "будь-який контроль";
    FORBIDDEN_BY: " by {0}" | "; суб’єкт контролю: {0}";
    FORBIDDEN_BY_DEPENDENT: " by a body that is not independent of {0}" | "; суб’єкт контролю, залежний від {0}";

    // Findings
    SUMMARY_TITLE: "Oversight on {0}: {1}, {2}, {3} ({4} verified)" | "Нагляд станом на {0}: {1}, {2}, {3} (перевірено {4})";
    PUSHED_TITLE: "Oversight on {0}: {1}, {2}, evaluated by {3}" | "Нагляд станом на {0}: {1}, {2}, обчислено на {3}";
    ASKS_FOR: "asks for {0}" | "вимагає: {0}";
    ASKS_FOR_ANY: "asks for any overseer" | "вимагає: будь-який суб’єкт контролю";
    ALL: "all" | "усього";
    ALL_FINDINGS: "all findings" | "усі висновки";
    NUMBER_OF_VERDICT: "{0} {1}" | "{1}: {0}";
    BREACH: "breach: {0}" | "порушення: {0}";
    MISSING: "missing: {0}" | "бракує: {0}";
    COULD_STEP_IN: "could step in: {0}" | "могли б здійснювати: {0}";
    THERE_IS: "there is: {0}" | "є: {0}";
    THERE_IS_MORE: "there is:{0}" | "є:{0}";
    FINDING_IS: "{0}: {1} {2} is {3} on {4}" | "{0}: {1} {2} — {3} станом на {4}";
    NO_SURVEY: "no survey says that the record is complete" | "жоден огляд не стверджує, що запис повний";
    NO_SURVEY_OF: "unknown: no survey says that the record of {0} is complete" | "невідомо: жоден огляд не стверджує, що запис повний; механізми: {0}";
    EVERY_MECHANISM: "every mechanism" | "усі";
    FINDINGS: "findings" | "висновки";
    BODY: "body" | "орган";
    NORM: "norm" | "норма";
    SEVERITY: "severity" | "вагомість";
    VERDICT: "verdict" | "вердикт";
    WHAT_IS_MISSING: "what is missing" | "чого бракує";
    EVIDENCE: "evidence" | "докази";
    CANDIDATES: "candidates" | "хто міг би";

    // A body
    NAMES: "names" | "назви";
    ACRONYM: "acronym" | "скорочення";
    IRI: "iri" | "IRI";
    TYPE: "type" | "тип";
    EXISTS: "exists" | "існує";
    BELOW: "below" | "у складі";
    OWN_UNITS: "own units" | "підрозділів";
    HEAD: "head" | "керівник";
    FOUNDED_BY: "founded by" | "засновано";
    SITE: "site" | "сайт";
    REMARK: "remark" | "примітка";
    SOURCE: "source" | "джерело";
    VERIFIED: "verified" | "перевірено";
    YES: "yes" | "так";
    NO: "no" | "ні";
    FOUNDING_UNKNOWN: "founding not on record" | "дату заснування не вказано";
    EXISTS_ON: "{0} (exists on {1})" | "{0} (існує станом на {1})";
    DOES_NOT_EXIST_ON: "{0} (does not exist on {1})" | "{0} (не існує станом на {1})";
    POWERS: "powers" | "повноваження";
    CONTROLLED_BY: "controlled by ({0} on {1})" | "хто контролює ({0} станом на {1})";
    NO_PILLAR: "no pillar" | "без стовпа";
    CONTROLS: "controls ({0})" | "кого контролює ({0})";
    ACTS: "acts cited" | "згадані акти";
    FINDINGS_NUMBER: "findings ({0})" | "висновки ({0})";

    // A norm
    DOCUMENT: "document" | "документ";
    BINDS: "binds" | "адресати";
    DUTY: "duty in a few words" | "обов’язок стисло";
    PRINCIPLES: "principles" | "принципи";
    SATISFIED_BY: "satisfied by" | "має бути";
    FORBIDS: "forbids" | "не має бути";
    COUNTS_TOO: "counts too" | "рахується й";
    LINK_ABOVE: "a link over a body above, where its mechanism reaches down" | "зв’язок над вищим органом, якщо механізм поширюється донизу";
    WEAK_IS: "weak is" | "слабким є";
    NOTE: "note" | "примітка";
    CHECKED: "checked" | "звірено";
    LOCATOR_NOT_CHECKED: "no: the locator was not checked against the document" | "ні: місце в документі не звірено";
    SAYS_THE_SAME: "says the same" | "те саме";
    NEAR_TO_IT: "near to it" | "близькі";
    WHERE_POWER: ", where it holds the power of {0}" | ", якщо має повноваження: {0}";
    WHERE_PARENT_OF: ", where directly below it is a body of the type {0}" | ", якщо йому безпосередньо підпорядкований орган типу: {0}";
    WHERE_OVERSEES: ", where it oversees a body of the type {0}" | ", якщо контролює орган типу: {0}";
    THE_POWER_OF: "the power of {0}" | "повноваження: {0}";
    ONE_OVERSEER: "overseer" | "суб’єкт контролю";
    ANY_OVERSEER: "any overseer" | "будь-який суб’єкт контролю";
    SEVERAL_OVERSEERS: "at least {0} different overseers" | "щонайменше {0} різних суб’єктів контролю";
    OVERSEERS_OF_PILLARS: "overseers from at least {0} pillars" | "суб’єкти контролю щонайменше з {0} стовпів";
    OF_PILLARS: "{0} from at least {1} pillars" | "{0} щонайменше з {1} стовпів";
    EACH: "each {0}" | "кожен {0}";
    FREE_OF_BODY: "independent of the body: not below it, nor selected by it alone" | "незалежний від органу: не підпорядкований йому і добраний не ним одним";
    FREE_OF_MINISTRY: "independent of the ministry: none of the bodies above it up to the first of the executive, nor below the body or those, nor selected by one of them alone" | "незалежний від міністерства: не є жодним із вищих органів аж до першого органу виконавчої влади, не підпорядкований їм чи самому органу і добраний не одним із них";
    FREE_OF_EXECUTIVE: "independent of the executive: neither it nor a body above it is of the executive or a provider, nor is it selected by such alone" | "незалежний від виконавчої влади: ні він, ні органи над ним не належать до виконавчої влади чи складових сектору безпеки, і добраний не лише ними";
    TIED_TO_BODY: "not independent of the body: it is the body itself, is below it, or selected by it alone" | "залежний від органу: це сам орган, підпорядкований йому або добраний лише ним";
    TIED_TO_MINISTRY: "not independent of the ministry: it is the body itself or one above it up to the first of the executive, is below one of those, or selected by one of them alone" | "залежний від міністерства: це сам орган чи один із вищих аж до першого органу виконавчої влади, підпорядкований одному з них або добраний лише одним із них";
    TIED_TO_EXECUTIVE: "not independent of the executive: it is the body itself, or it or a body above it is of the executive or a provider, or it is selected by such alone" | "залежний від виконавчої влади: це сам орган, або він чи орган над ним належить до виконавчої влади чи складових сектору безпеки, або він добраний лише ними";
    EFFECT_BELOW: "a link whose effect is on record and below {0}" | "зв’язок, записана дія якого слабша, ніж «{0}»";
    WITH_LIMIT: "a link with the limit {0}" | "зв’язок з обмеженням: {0}";
    REPLACES_SHIPPED: "takes the place of the shipped norm of this IRI" | "замінює норму з цим IRI, що постачається з програмою";
    BINDS_NONE: "binds 0 bodies of the data on {0}" | "не зобов’язує жодного органу в даних станом на {0}";
    BINDS_BODIES: "binds {0} of the data on {1}: {2}" | "зобов’язує в даних {0} станом на {1}: {2}";

    // A derivation
    ON_DAY: "({0}) on {1}" | "({0}) станом на {1}";
    NOT_BOUND: "not bound: {0}" | "не зобов’язує: {0}";
    BOUND: "bound: {0}" | "зобов’язує: {0}";
    THE_NORM_BINDS: "{0}; the norm binds {1}" | "{0}; норма зобов’язує: {1}";
    IS_OF_THE_TYPE: "it is of the type {0}" | "тип органу – {0}";
    HOLDS_POWER: "holds the power of {0}" | "має повноваження – {0}";
    DIRECTLY_BELOW: "directly below it is {0}" | "безпосередньо підпорядковано: {0}";
    OVERSEES: "oversees {0}" | "контролює: {0}";
    OFFENDS: "offends" | "порушують";
    REFUSED: "refused" | "відхилено";
    VERDICT_IS: "verdict: {0}" | "вердикт: {0}";
    NO_VERDICT: "no verdict: the norm does not bind it" | "вердикту немає: норма його не зобов’язує";
    LACK_THE_LINK: "exist and lack the link: {0}" | "існують, але такого зв’язку не мають: {0}";
    IN_FORCE: "in force" | "чинний";
    ON_PAPER: "on paper" | "на папері";
    REACHES_DOWN: "reaches down" | "поширюється донизу";
    NOT_INDEPENDENT: "not independent of {0}: {1}" | "не є незалежним від {0}: {1}";
    INDEPENDENT_BY: "independent of {0}: {1}" | "незалежний від {0}: {1}";
    BY_TENURE: "by tenure" | "за статусом";
    SELECTED_BY: "selected by {0}" | "добирають: {0}";
    TIE_IS: "it is {0}, which stands above" | "це {0}, що стоїть вище";
    TIE_BELOW: "it is below {0}" | "підпорядкований органу {0}";
    TIE_SELECTED: "selected by {0} or bodies below it alone ({1})" | "добирає лише {0} або підпорядковані йому органи ({1})";
    TIE_EXECUTIVE: "it is of the executive or a provider" | "належить до виконавчої влади чи складових сектору безпеки";
    TIE_BELOW_EXECUTIVE: "it is below {0}, of the executive or a provider" | "підпорядкований органу {0}, що належить до виконавчої влади чи складових сектору безпеки";
    TIE_SELECTED_EXECUTIVE: "selected by the executive or providers alone ({0})" | "добирають лише виконавча влада чи складові сектору безпеки ({0})";
    NOT_BEGUN: "has not begun" | "ще не почався";
    OVER_NOW: "is over" | "завершився";
    ONLY_PROPOSED: "is only proposed" | "лише запропонований";
    REPEALED_WITHOUT_END: "is repealed, without a known end" | "скасований, дата завершення невідома";
    END_DOES_NOT_EXIST: "{0} does not exist on the day" | "{0} цього дня не існує";
    IS_NOT_VERIFIED: "is not verified" | "не перевірений";
    RULE_MECHANISM: "the norm does not ask for its mechanism" | "норма не вимагає такого механізму";
    RULE_NOT_DOWN: "its mechanism does not reach down" | "механізм не поширюється донизу";
    RULE_NOT_THROUGH_CABINET: "its mechanism does not reach down from the cabinet" | "механізм не поширюється донизу через уряд";
    RULE_OVERSEER_TYPE: "its overseer is of none of the types asked for" | "суб’єкт контролю не належить до жодного з потрібних типів";
    RULE_OUT: "it does not count on the day" | "цього дня не рахується";
    RULE_ON_PAPER: "it is on paper only" | "лише на папері";
    RULE_ITSELF: "its overseer is the body itself" | "суб’єктом контролю є сам орган";
    RULE_TIED: "its overseer is not independent" | "суб’єкт контролю не є незалежним";
    RULE_FREE: "its overseer is independent" | "суб’єкт контролю є незалежним";
    UNBOUND_ABSENT: "it does not exist on the day" | "цього дня орган не існує";
    UNBOUND_TYPE: "it is of none of the types that the norm binds" | "орган не належить до жодного з типів, яких стосується норма";
    UNBOUND_POWER: "it holds none of the powers that the norm looks at" | "орган не має жодного з повноважень, яких стосується норма";
    UNBOUND_CHILD: "no body of the types asked for is directly below it" | "йому безпосередньо не підпорядковано жодного органу потрібних типів";
    UNBOUND_OVERSEES: "it has no link in force over a body of the types asked for" | "орган не має чинного зв’язку контролю над органом потрібних типів";
    COUNT_NONE_MAY: "count: {0}; none may" | "підрахунок: {0}; не повинно бути жодного";
    COUNT_IN_FORCE: "count: {0} in force" | "підрахунок: {0} із чинним контролем";
    COUNT_WITH_PAPER: "; {0} with those on paper" | "; {0} разом із контролем на папері";
    COUNT_WITH_WEAK: "; {0} with weak ones" | "; {0} разом зі слабким контролем";
    COUNT_NEEDED: "; needed: {0}" | "; потрібно: {0}";
    FROM_THE_PILLARS: " from {0} pillars ({1})" | " зі стовпів: {0} ({1})";
    BY_MEANS: " by {0}" | " за механізмами: {0}";
    BY_NOTHING: "nothing" | "жодним";
    NO_TYPE_ON_RECORD: "no type on record" | "тип не вказано";
    HOLDS_FORBIDDEN: "it holds what the norm forbids: {0}" | "орган має те, що норма забороняє: {0}";
    HOLDS_NOTHING_FORBIDDEN: "it holds no power that the norm forbids" | "орган не має повноважень, які норма забороняє";
    COUNT_PILLARS: " from {0} pillars" | " із {0} стовпів";
    SURVEYED_ON: "surveyed: the record is stated to be complete on {0}" | "є огляд: запис названо повним станом на {0}";
    SURVEYED: "surveyed: the record is stated to be complete" | "є огляд: запис названо повним";
    NOT_SURVEYED: "not surveyed: nobody states that the record is complete, so silence means nothing" | "огляду немає: ніхто не стверджує, що запис повний, тож мовчання нічого не означає";

    // Pictures
    PICTURE_SOURCE: "Source: {0}" | "Джерело: {0}";
    UNTITLED: "untitled" | "без назви";
    CONTROL: "control" | "контроль";
    CONTROL_BY: "{0} by {1}" | "{0} ({1})";
    HOLDS: "holds the power of {0}" | "має повноваження: {0}";
    FORBIDDEN_IN_FORCE: "forbidden, but in force: {0}" | "заборонено, але чинне: {0}";
    NONE_OF: "no {0}" | "немає: {0}";
    NOT_ENOUGH: "not enough {0}" | "недостатньо: {0}";
    RESTS_ON: "rests on {0}" | "спирається на: {0}";
    NOTHING_ON_RECORD: "nothing on record of {0}" | "нічого не записано: {0}";
    ONLY: "only {0}" | "лише {0}";
    ONLY_ON_PAPER: "{0} only on paper" | "лише на папері: {0}";
    MORE_NEEDED: "{0} more needed" | "потрібно ще: {0}";
    MORE_PILLARS_NEEDED: "{0} more from another pillar needed" | "потрібно ще з інших стовпів: {0}";
}

counted! {
    ERRORS: ["{0} error", "{0} errors"] | ["{0} помилка", "{0} помилки", "{0} помилок"];
    WARNINGS: ["{0} warning", "{0} warnings"] | ["{0} попередження", "{0} попередження", "{0} попереджень"];
    INFOS: ["{0} info", "{0} infos"] | ["{0} примітка", "{0} примітки", "{0} приміток"];
    LINKS: ["{0} link", "{0} links"] | ["{0} зв’язок", "{0} зв’язки", "{0} зв’язків"];
    MECHANISMS: ["{0} mechanism", "{0} mechanisms"] | ["{0} механізм", "{0} механізми", "{0} механізмів"];
    NORMS: ["{0} norm", "{0} norms"] | ["{0} норма", "{0} норми", "{0} норм"];
    INSTITUTIONS: ["{0} institution", "{0} institutions"] | ["{0} інституція", "{0} інституції", "{0} інституцій"];
    BODIES: ["{0} body", "{0} bodies"] | ["{0} орган", "{0} органи", "{0} органів"];
    OVERSEERS: ["{0} overseer", "{0} overseers"] | ["{0} суб’єкт контролю", "{0} суб’єкти контролю", "{0} суб’єктів контролю"];
    MORE_PILLARS: ["{0} more pillar", "{0} more pillars"] | ["ще з {0} стовпа", "ще з {0} стовпів", "ще з {0} стовпів"];
    LINKS_OUT: ["and {0} link that does not count that day (ended, not begun or proposed)", "and {0} links that do not count that day (ended, not begun or proposed)"] | ["і {0} зв’язок, що цього дня не рахується (завершився, не почався або запропонований)", "і {0} зв’язки, що цього дня не рахуються (завершилися, не почалися або запропоновані)", "і {0} зв’язків, що цього дня не рахуються (завершилися, не почалися або запропоновані)"];
    LINKS_NOT_ASKED_FOR: ["{0} link by mechanisms that the norm does not ask for", "{0} links by mechanisms that the norm does not ask for"] | ["{0} зв’язок за механізмами, яких норма не вимагає", "{0} зв’язки за механізмами, яких норма не вимагає", "{0} зв’язків за механізмами, яких норма не вимагає"];
    LINKS_OFFENDING: ["{0} link that offends", "{0} links that offend"] | ["{0} зв’язок, що порушує норму", "{0} зв’язки, що порушують норму", "{0} зв’язків, що порушують норму"];
    WEAK_LINKS: ["{0} weak link", "{0} weak links"] | ["{0} слабкий зв’язок", "{0} слабкі зв’язки", "{0} слабких зв’язків"];
    OTHER_KINDS: ["{0} other kind", "{0} other kinds"] | ["{0} інший вид", "{0} інші види", "{0} інших видів"];
    OTHER_CONTROLS: ["{0} other control", "{0} other controls"] | ["{0} інший механізм", "{0} інші механізми", "{0} інших механізмів"];
}
