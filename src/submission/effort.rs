//! How much is looked at in one workbook, and how much quoted from it, before it is refused. Both are counted and not
//! timed: the same workbook comes to the same end on every machine.

use std::cell::Cell;

/// What one workbook may cost after it was read, for each rulebook in force: its forms are looked for one rulebook after
/// the other. Real forms need less than a hundredth of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EffortLimits {
    /// Cells looked at, each time counted.
    pub looks: u64,
    /// Bytes of text that sources hold, with what each of them costs by itself.
    pub quoted_bytes: u64,
    /// Project forms.
    pub forms: u64,
    /// Rows of 绩效指标 in one form.
    pub form_rows: u64,
}

impl Default for EffortLimits {
    fn default() -> EffortLimits {
        EffortLimits { looks: 10_000_000, quoted_bytes: 12 << 20, forms: 1_000, form_rows: 1_000 }
    }
}

/// Which of the limits a workbook is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exceeded {
    /// [`EffortLimits::looks`].
    Looks,
    /// [`EffortLimits::quoted_bytes`].
    QuotedBytes,
    /// [`EffortLimits::forms`].
    Forms,
    /// [`EffortLimits::form_rows`].
    FormRows,
}

/// What one workbook has cost so far. Once it is over a limit nothing more is found in it, so that whoever is looking
/// comes to an end soon; what was found until then is not used.
#[derive(Debug, Default)]
pub struct Effort {
    limits: EffortLimits,
    looks: Cell<u64>,
    quoted: Cell<u64>,
    exceeded: Cell<Option<Exceeded>>,
}

/// What a source costs beside its text: it stands in the audit, in its findings and in several sheets.
const SOURCE: u64 = 700;

impl Effort {
    /// Nothing looked at yet, and so many rulebooks to look for.
    pub fn new(each: EffortLimits, rulebooks: usize) -> Effort {
        let times = |limit: u64| limit.saturating_mul(rulebooks.max(1) as u64);
        let limits = EffortLimits { looks: times(each.looks), quoted_bytes: times(each.quoted_bytes), ..each };
        Effort { limits, ..Effort::default() }
    }

    /// Counts cells that are looked at; false once it is enough.
    pub fn look(&self, cells: u64) -> bool {
        self.count(&self.looks, cells, self.limits.looks, Exceeded::Looks)
    }

    /// Counts a source that quotes so many bytes; false once it is enough.
    pub fn quote(&self, bytes: usize) -> bool {
        self.count(&self.quoted, bytes as u64 + SOURCE, self.limits.quoted_bytes, Exceeded::QuotedBytes)
    }

    /// Counts text that is kept beside its source, such as the name of a piece of evidence.
    pub fn keep(&self, text: &str) {
        self.count(&self.quoted, text.len() as u64, self.limits.quoted_bytes, Exceeded::QuotedBytes);
    }

    /// Whether a workbook may hold so many project forms.
    pub fn takes_forms(&self, forms: usize) -> bool {
        self.takes(forms, self.limits.forms, Exceeded::Forms)
    }

    /// Whether a form may hold so many rows.
    pub fn takes_form_rows(&self, rows: usize) -> bool {
        self.takes(rows, self.limits.form_rows, Exceeded::FormRows)
    }

    /// Whether nothing more is found.
    pub fn is_spent(&self) -> bool {
        self.exceeded.get().is_some()
    }

    /// The limit that the workbook is over, and its value.
    pub fn exceeded(&self) -> Option<(Exceeded, u64)> {
        let exceeded = self.exceeded.get()?;
        let allowed = match exceeded {
            Exceeded::Looks => self.limits.looks,
            Exceeded::QuotedBytes => self.limits.quoted_bytes,
            Exceeded::Forms => self.limits.forms,
            Exceeded::FormRows => self.limits.form_rows,
        };
        Some((exceeded, allowed))
    }

    fn takes(&self, count: usize, allowed: u64, which: Exceeded) -> bool {
        if count as u64 > allowed {
            self.exceed(which);
        }
        !self.is_spent()
    }

    fn count(&self, so_far: &Cell<u64>, more: u64, allowed: u64, which: Exceeded) -> bool {
        so_far.set(so_far.get().saturating_add(more));
        if so_far.get() > allowed {
            self.exceed(which);
        }
        !self.is_spent()
    }

    fn exceed(&self, which: Exceeded) {
        if self.exceeded.get().is_none() {
            self.exceeded.set(Some(which));
        }
    }
}
