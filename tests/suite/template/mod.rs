//! The blank workbooks: filled in, they are read back as they were filled, without a finding about their form.

mod card;
mod declared;
mod filling;
mod replaced;
