//! Where themes are mentioned.
