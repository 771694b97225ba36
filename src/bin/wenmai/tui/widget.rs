//! Parts that several screens are made of. A widget draws what it is told and decides nothing.

pub(crate) mod article;
pub(crate) mod excerpt;
pub(crate) mod facts;
pub(crate) mod flow;
pub(crate) mod kwic;
pub(crate) mod list;
pub(crate) mod list_frame;
pub(crate) mod marked;
pub(crate) mod prompt;
pub(crate) mod redline;
pub(crate) mod status;
pub(crate) mod wrapped;
