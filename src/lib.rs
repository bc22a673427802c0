//! fuhe
