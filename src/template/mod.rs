//! Liquid and MJML.
