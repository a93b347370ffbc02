//! Indented lines of a query.

/// Text that is written line by line, two spaces for each open brace.
#[derive(Debug, Default)]
pub(in crate::gaps) struct Lines {
    text: String,
    depth: usize,
}

impl Lines {
    /// Adds a line.
    pub(in crate::gaps) fn line(&mut self, line: impl AsRef<str>) {
        for _ in 0..self.depth {
            self.text.push_str("  ");
        }
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    /// Adds a comment.
    pub(in crate::gaps) fn comment(&mut self, text: &str) {
        self.line(format!("# {text}"));
    }

    /// Adds a line and indents what follows.
    pub(in crate::gaps) fn open(&mut self, line: impl AsRef<str>) {
        self.line(line);
        self.depth += 1;
    }

    /// Ends the indentation and adds a line.
    pub(in crate::gaps) fn close(&mut self, line: impl AsRef<str>) {
        self.depth = self.depth.saturating_sub(1);
        self.line(line);
    }

    /// Closes one group and opens the next.
    pub(in crate::gaps) fn turn(&mut self, line: impl AsRef<str>) {
        self.close(line);
        self.depth += 1;
    }

    /// Returns lines that go `levels` deeper than these.
    pub(in crate::gaps) fn deeper(&self, levels: usize) -> Self {
        Self { text: String::new(), depth: self.depth + levels }
    }

    /// Adds lines as they are.
    pub(in crate::gaps) fn append(&mut self, lines: &Self) {
        self.text.push_str(&lines.text);
    }

    /// Returns the text.
    pub(in crate::gaps) fn into_text(self) -> String {
        self.text
    }
}
