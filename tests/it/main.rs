//! Integration tests, one binary. A test that fits no module below begins a new one.
