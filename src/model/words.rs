//! Words with a meaning in the code: statuses, effects, severities, pillars and the like.

/// Declares an enum of words, each with the slug that RDF, JSON and the command line use.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $slug:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$word_doc])* #[doc = concat!(" (`", $slug, "`)")] $variant),*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word in RDF, JSON and on the command line.
            pub fn slug(self) -> &'static str {
                match self {
                    $(Self::$variant => $slug),*
                }
            }

            /// Finds the one with this slug.
            pub fn of_slug(slug: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.slug() == slug)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.slug())
            }
        }
    };
}

words! {
    /// What the law says of a link today.
    Status {
        /// In law and at work
        InForce = "in-force",
        /// In law, but the body was never set up or does not work
        NotOperational = "not-operational",
        /// In law, but switched off for a time
        Suspended = "suspended",
        /// No longer in law
        Repealed = "repealed",
        /// Not yet in law
        Proposed = "proposed",
    }
}

words! {
    /// How hard a link bites, from the weakest, so that the order is the order of strength.
    Effect {
        /// Receives a report, may ask or attend
        Informative = "informative",
        /// Recommends, proposes, reports publicly
        Advisory = "advisory",
        /// Decides or obliges
        Binding = "binding",
    }
}

words! {
    /// How much a norm matters, the gravest first.
    Severity {
        /// A duty
        Must = "must",
        /// A strong recommendation
        Should = "should",
        /// A suggestion
        May = "may",
    }
}

words! {
    /// Whether a norm asks for links or forbids them.
    Polarity {
        /// Links such as this must exist
        Require = "require",
        /// No link such as this may be in force
        Forbid = "forbid",
    }
}

words! {
    /// Of whom an overseer has to be independent.
    Independence {
        /// Of the body that it oversees
        Overseen = "overseen",
        /// Of that body and of its superiors up to the ministry
        Ministry = "ministry",
        /// Of the whole executive and of all providers
        Executive = "executive",
    }
}

words! {
    /// The groups of institution types; the pillar of a link is the group of its overseer's type.
    Pillar {
        /// Head of state, government, ministries, councils
        Executive = "executive",
        /// Parliament and its committees
        Legislature = "legislature",
        /// Courts, prosecution, judicial councils
        Justice = "justice",
        /// Ombuds institutions, audit offices, expert bodies
        Independent = "independent",
        /// Inspectorates, internal audit and internal affairs
        Internal = "internal",
        /// Voters, associations, media, the bar
        Society = "society",
        /// International courts, treaty bodies, missions
        International = "international",
        /// Armed forces, police, services and other providers of security
        Provider = "provider",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_are_in_the_order_of_strength() {
        assert!(Effect::Binding > Effect::Advisory && Effect::Advisory > Effect::Informative);
    }

    #[test]
    fn slugs_lead_back() {
        for status in Status::ALL {
            assert_eq!(Status::of_slug(status.slug()), Some(*status));
        }
        assert_eq!(Pillar::of_slug("police"), None);
    }
}
