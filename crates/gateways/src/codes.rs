//! Owns the shape of a gateway's table of codes. Knows no gateway's codes and no meaning.

/// One table of codes as an enum whose unknown values keep their text.
macro_rules! table {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$item])* $variant,)+
            /// A code that the table does not have, as it was received.
            Other(String),
        }

        impl $name {
            /// Every code that the table has, for tables and tests.
            pub const KNOWN: &[&str] = &[$($code),+];

            /// The code on the wire.
            pub fn code(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                match code {
                    $($code => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

pub(crate) use table;
