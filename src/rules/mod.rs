//! How a criterion gives points: one file per rule kind.
