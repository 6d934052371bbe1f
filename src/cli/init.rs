//! `kepu init`: makes a station folder.
