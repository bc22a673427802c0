//! What a text of a sheet says where it stands in a form, told once for each text.

use std::rc::Rc;

use super::headings::{FundColumn, Heading, RowColumn, read_fund_column, read_row_column, weight_in_label};
use super::labels::read_project_label;
use crate::rulebook::Declared;
use crate::submission::names::key;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::remembered;
use crate::vocabulary::signs::Signs;

/// Titles are short, in characters.
pub const LONGEST_TITLE: usize = 40;

/// What a text says of the place it stands in, whatever form it is.
pub struct SaidInForms {
    key: String,
    /// The characters of the key.
    signs: Signs,
    /// It is not too long to be a title.
    may_be_title: bool,
    /// The key without the weight behind it, where there is one.
    unweighed: Option<String>,
    /// It names some table of evaluation.
    pub names_a_table: bool,
    /// The label of a project's name.
    pub is_project_label: bool,
    /// What it is as a heading of the block of money.
    pub fund: Option<FundColumn>,
    /// What it is as a heading of 绩效指标.
    pub row: Option<RowColumn>,
}

impl SaidInForms {
    /// What a text says.
    pub fn of(vocabulary: &Vocabulary, text: &str) -> Rc<SaidInForms> {
        remembered!(vocabulary, text, Rc<SaidInForms>, Rc::new(SaidInForms::read(vocabulary, text)))
    }

    fn read(vocabulary: &Vocabulary, text: &str) -> SaidInForms {
        let key = key(text);
        let words = &vocabulary.titles;
        let heading = Heading::known_as(text, &key);
        let may_be_title = key.chars().nth(LONGEST_TITLE).is_none();
        SaidInForms {
            signs: Signs::of(&key),
            may_be_title,
            names_a_table: may_be_title && words.about.within(&key) && words.table.ends(&key),
            is_project_label: read_project_label(vocabulary, text),
            fund: heading.as_ref().and_then(|heading| read_fund_column(vocabulary, heading)),
            row: heading.as_ref().and_then(|heading| read_row_column(vocabulary, heading)),
            unweighed: match weight_in_label(vocabulary, text) {
                (label, Some(_)) => Some(self::key(&label)),
                (_, None) => None,
            },
            key,
        }
    }

    /// Whether it is the label of a section of the form, its weight aside: 产出指标（50分）, 满意度. `sections`: [`section_keys`].
    pub fn is_section(&self, sections: &[String]) -> bool {
        let label = self.unweighed.as_ref().unwrap_or(&self.key);
        let is_long = label.chars().nth(1).is_some();
        is_long && sections.iter().any(|section| section.starts_with(label))
    }

    /// Whether it is one of the form's titles.
    pub fn is_title(&self, titles: &Titles) -> bool {
        let holds = |(title, signs): &(String, Signs)| self.signs.may_have(*signs) && self.key.contains(title);
        self.may_be_title && titles.0.iter().any(holds)
    }
}

/// The titles of a form, as keys, with the characters of each.
#[derive(Default)]
pub struct Titles(Vec<(String, Signs)>);

impl Titles {
    /// Those of a form.
    pub fn of(declared: &Declared) -> Titles {
        let known = |title: &String| {
            let key = key(title);
            let signs = Signs::of(&key);
            (key, signs)
        };
        Titles(declared.words.titles.iter().map(known).collect())
    }
}

/// The names of a form's sections, as keys.
pub fn section_keys(declared: &Declared) -> Vec<String> {
    declared.sections.iter().map(|section| key(&section.name)).collect()
}
