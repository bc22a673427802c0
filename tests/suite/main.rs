//! One test program for everything.

mod readers;
