//! `judgement`: somebody has to judge; anything from 0 to the points.

use super::Points;
use super::outcome::{Cause, Unknown};

/// Never a number.
pub(super) fn points<'a>() -> Points<'a> {
    Err(Unknown::because(Cause::Judgement))
}
