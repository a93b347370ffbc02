//! The facts of a picture as lists: what people read who do not see it, and what the script takes its words from.

use super::super::super::fact::Fact;
use super::super::super::scene::{Group, Role, Scene};
use super::{Times, escaped, times};
use crate::wording::{Tongue, phrases};

/// Returns the lists, in the order in which things are drawn: the items of group `n` has the id `tn`.
pub(super) fn write(scene: &Scene, groups: &[&Group]) -> String {
    let mut html = String::new();
    let mut is_open = false;
    let mut open = |html: &mut String, wanted: bool| {
        if is_open != wanted {
            html.push_str(if wanted { "<ul>\n" } else { "</ul>\n" });
            is_open = wanted;
        }
    };
    for (number, group) in groups.iter().enumerate() {
        match &group.role {
            Role::Frame { .. } if !group.label.is_empty() => {
                open(&mut html, false);
                html.push_str(&format!(
                    "<h3 id=\"t{number}\"><b dir=\"auto\">{}</b></h3>\n",
                    escaped(&group.label)
                ));
            }
            Role::Node { .. } | Role::Edge { .. } | Role::Value | Role::Key if !group.name().is_empty() => {
                open(&mut html, true);
                item(&mut html, number, group, &scene.language);
            }
            _ => {
                open(&mut html, false);
                for line in &group.details {
                    html.push_str(&format!("<p>{}</p>\n", escaped(line)));
                }
            }
        }
    }
    open(&mut html, false);
    html
}

fn item(html: &mut String, number: usize, group: &Group, language: &str) {
    html.push_str(&format!("<li id=\"t{number}\"><b dir=\"auto\">{}</b>", escaped(group.name())));
    if group.facts.len() + group.details.len() > 0 {
        html.push_str("<ul>");
        if group.facts.is_empty() {
            for line in &group.details {
                html.push_str(&format!("<li><bdi>{}</bdi></li>", escaped(line)));
            }
        }
        group.facts.iter().for_each(|of| fact(html, of, language));
        // A box may say more than which bodies it stands for: the norms that are not met.
        if matches!(group.role, Role::Node { .. }) && !group.facts.is_empty() {
            let is_new = |line: &&String| group.facts.iter().all(|fact| fact.line != **line);
            for line in group.details.iter().filter(is_new) {
                html.push_str(&format!("<li><bdi>{}</bdi></li>", escaped(line)));
            }
        }
        html.push_str("</ul>");
    }
    html.push_str("</li>\n");
}

fn fact(html: &mut String, fact: &Fact, language: &str) {
    let also = if fact.also.is_empty() {
        String::new()
    } else {
        format!(" data-also=\"{}\"", escaped(&fact.also.join(" ")))
    };
    html.push_str(&format!("<li{also}><bdi>{}</bdi>", escaped(&fact.line)));
    let tongue = Tongue::of(language);
    let time = match times(fact) {
        Times::Unknown => String::new(),
        Times::Since(since) => tongue.fill(phrases::SINCE, &[&since]),
        Times::Until(until) => tongue.fill(phrases::UNTIL, &[&until]),
        Times::Between(since, until) => tongue.fill(phrases::FROM_TO, &[&since, &until]),
    };
    if !time.is_empty() {
        html.push_str(&format!(" <span class=\"tag\">{}</span>", escaped(&time)));
    }
    for page in &fact.pages {
        match host(page) {
            Some(host) => html.push_str(&format!(
                " <a href=\"{}\" target=\"_blank\">{}</a>",
                escaped(page),
                escaped(host)
            )),
            None => html.push_str(&format!(" <bdi class=\"tag\">{}</bdi>", escaped(page))),
        }
    }
    html.push_str("</li>");
}

/// Returns the host of an address of the web; nothing for addresses of any other kind, which never become links.
fn host(address: &str) -> Option<&str> {
    let scheme = address.find("://").map(|end| &address[..end])?;
    let is_web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let rest = &address[scheme.len() + 3..];
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    (is_web && !host.is_empty() && !address.contains(char::is_whitespace)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_become_links() {
        assert_eq!(host("https://zakon.example/laws/1?x#y"), Some("zakon.example"));
        assert_eq!(host("HTTP://me:secret@host:80/"), Some("host:80"));
        for other in [
            "javascript:alert(1)",
            "javascript://host/%0aalert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "//host/x",
            "https:host",
            "https://",
            "https://a b/",
            "x https://host/",
            "",
        ] {
            assert_eq!(host(other), None, "{other}");
        }
    }
}
