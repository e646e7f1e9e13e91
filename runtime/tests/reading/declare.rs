//! Types as they are emitted, in fewer words.

/// A struct, and how it is read.
macro_rules! object {
    ($name:ident { $($field:ident: $ty:ty),* } $($body:tt)+) => {
        struct $name {
            $($field: $ty,)*
        }

        runtime::object!($name $($body)+);
    };
}

/// An enum. How it is read is said by a macro of the runtime.
macro_rules! choice {
    ($name:ident { $($variant:ident($ty:ty)),* $(,)? }) => {
        enum $name {
            $($variant($ty),)*
        }
    };
}
