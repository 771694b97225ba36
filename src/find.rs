//! Answers to queries: topics by a few keys, and the full text.
