//! The words of the page itself, in English and Ukrainian; `{}` is filled in, by the script where it is its own.

use crate::wording::Tongue;

/// Name, English, Ukrainian.
type Entry = (&'static str, &'static str, &'static str);

/// Words that the markup holds.
const MARKUP: &[Entry] = &[
    ("search", "Search by name or id", "Пошук за назвою чи ідентифікатором"),
    ("pillars", "Pillars", "Види контролю"),
    ("mechanisms", "Mechanisms", "Механізми"),
    ("verdicts", "Verdicts", "Вердикти"),
    ("closer", "Zoom in", "Збільшити"),
    ("farther", "Zoom out", "Зменшити"),
    ("whole", "Whole picture", "Увесь рисунок"),
    ("text", "As text", "Текстом"),
    ("facts", "The same as text", "Те саме текстом"),
    ("details", "Details", "Подробиці"),
    ("picture", "Picture", "Рисунок"),
    ("day", "Day", "День"),
    ("earlier", "Earlier change", "Попередня зміна"),
    ("later", "Later change", "Наступна зміна"),
    ("drawn", "Back to {}", "Назад до {}"),
    (
        "ever",
        "Lines that hold on the chosen day are drawn, grey and dashed where they are on paper only; boxes of bodies that do not exist on it are pale. Numbers in boxes, widths, glyphs and words beside lines are those of {}. The past is told by the record of today: what ended before the record was made may be missing.",
        "Показано лінії, дійсні в обраний день, сірі й штрихові, якщо вони лише на папері; рамки органів, яких того дня немає, бліді. Числа в рамках, товщина, знаки й написи біля ліній подано на {}. Минуле показано за сьогоднішніми записами: того, що припинилося до їх укладення, може бракувати.",
    ),
    (
        "axis",
        "The upright line stands on the chosen day; the numbers are the findings of that day, and what comes after it is pale.",
        "Вертикальна лінія стоїть на обраному дні; числа – висновки того дня, пізніше показано блідо.",
    ),
    (
        "still",
        "The picture stands for {} alone; --as-of draws it for another day.",
        "Рисунок подано лише на {}; --as-of малює його на інший день.",
    ),
    ("help", "Help", "Довідка"),
    (
        "keys",
        "Drag to move, wheel or two fingers to zoom, click for details. Keys: / search, + − zoom, 0 whole picture, arrows from box to box, L from line to line of a box (Shift+L back), Enter details, Esc back.",
        "Перетягуйте, щоб рухати; колесо або два пальці, щоб змінити масштаб; клацніть, щоб побачити подробиці. Клавіші: / пошук, + − масштаб, 0 увесь рисунок, стрілки від рамки до рамки, L від лінії до лінії рамки (Shift+L назад), Enter подробиці, Esc назад.",
    ),
];

/// Words that the script holds.
const SCRIPT: &[Entry] = &[
    ("all", "All", "Усі"),
    ("none", "None", "Жодного"),
    ("close", "Close", "Закрити"),
    ("found", "{} found", "знайдено: {}"),
    ("nothing", "Nothing found", "Нічого не знайдено"),
    ("behind", "What is behind it", "Що за цим стоїть"),
    ("notOnDay", "not on this day", "не цього дня"),
    (
        "onDay",
        "lines {} · boxes {} · links in force {} · on paper only {}",
        "ліній {} · рамок {} · чинних зв’язків {} · лише на папері {}",
    ),
];

/// Words for the two ends of a line and the two directions of lines, for graphs of control and for chains.
const CONTROL: &[Entry] = &[
    ("from", "Overseer", "Хто контролює"),
    ("to", "Overseen", "Кого контролюють"),
    ("over", "Control over it", "Контроль щодо нього"),
    ("by", "Its control over others", "Його контроль щодо інших"),
];
const CHAIN: &[Entry] = &[
    ("from", "Answers to the other", "Підзвітний"),
    ("to", "The one answered to", "Кому підзвітний"),
    ("over", "Answer to it", "Йому підзвітні"),
    ("by", "It answers to", "Кому він підзвітний"),
];
const NET: &[Entry] = &[
    ("from", "From", "Звідки"),
    ("to", "To", "Куди"),
    ("over", "Lines to it", "Лінії до цього"),
    ("by", "Lines from it", "Лінії від цього"),
];

fn pick(entry: &Entry, language: &str) -> &'static str {
    match Tongue::of(language) {
        Tongue::English => entry.1,
        Tongue::Ukrainian => entry.2,
    }
}

/// Returns a word of the markup.
pub(super) fn word(name: &str, language: &str) -> &'static str {
    MARKUP.iter().find(|entry| entry.0 == name).map_or("", |entry| pick(entry, language))
}

/// Returns the words of the script, by name.
pub(super) fn script(view: &str, language: &str) -> serde_json::Map<String, serde_json::Value> {
    let ends = match view {
        "chain" => CHAIN,
        "net" => NET,
        _ => CONTROL,
    };
    SCRIPT.iter().chain(ends).map(|entry| (entry.0.to_owned(), pick(entry, language).into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_leave_the_same_places_to_fill() {
        for (name, english, ukrainian) in [MARKUP, SCRIPT, CONTROL, CHAIN, NET].into_iter().flatten() {
            assert_eq!(english.matches("{}").count(), ukrainian.matches("{}").count(), "{name}");
            assert!(!english.is_empty() && !ukrainian.is_empty(), "{name}");
        }
    }
}
