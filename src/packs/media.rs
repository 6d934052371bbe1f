//! Pictures and sounds of a pack, proven in a child process with limits.
