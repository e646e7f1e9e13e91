//! Secrets, and their places in a request.

use super::super::Secret;
use super::encode::encode;

/// A secret for a security scheme of the document.
#[derive(Clone, Debug)]
pub struct Key {
    /// The scheme's name in the document.
    pub scheme: &'static str,
    /// The place of the secret in a request.
    pub place: KeyPlace,
    /// The secret. For [`KeyPlace::Basic`], the name and the password with a colon between them.
    pub secret: Secret<String>,
}

/// The place of a secret in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// `Authorization: Bearer …`, which is also how OAuth 2 and OpenID Connect send tokens.
    Bearer,
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
    /// `Authorization` with this scheme.
    Authorization(&'static str),
    /// A header of this name.
    Header(&'static str),
    /// A parameter of this name in the query.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
}

/// The name and the password for HTTP's basic authentication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basic {
    /// The name, which must not contain a colon.
    pub name: String,
    /// The password.
    pub password: Secret<String>,
}

/// The value for a scheme: a secret, or a name and a password.
pub trait Credential {
    /// The value as one text.
    fn text(&self) -> Secret<String>;
}

impl Credential for Secret<String> {
    fn text(&self) -> Secret<String> {
        self.clone()
    }
}

impl Credential for Basic {
    fn text(&self) -> Secret<String> {
        Secret::from(format!("{}:{}", self.name, self.password.expose()))
    }
}

/// Lets the client take its secrets from a struct.
///
/// ```text
/// runtime::credentials!(Credentials { api_key: "apiKey" Header("X-Key"); token: "bearerAuth" Bearer; });
/// ```
#[macro_export]
#[allow(unused_macros, reason = "an API may have no security schemes")]
macro_rules! credentials {
    ($credentials:ident { $($field:ident: $scheme:literal $place:ident $(($name:literal))?;)* }) => {
        impl From<$credentials> for Vec<runtime::Key> {
            fn from(credentials: $credentials) -> Self {
                let mut keys = Vec::new();
                $(if let Some(secret) = &credentials.$field {
                    keys.push(runtime::Key {
                        scheme: $scheme,
                        place: runtime::KeyPlace::$place$(($name))?,
                        secret: runtime::Credential::text(secret),
                    });
                })*
                keys
            }
        }
    };
}
pub(crate) use credentials;

/// The parts of a request that secrets are written to.
#[derive(Default)]
pub struct Secured {
    /// Headers.
    pub headers: Vec<(&'static str, Secret<String>)>,
    /// Cookies, as in their header.
    pub cookies: Vec<Secret<String>>,
    /// The text of the query.
    pub query: String,
}

/// Writes the secrets of the first alternative whose secrets are all set.
pub fn secured(alternatives: &[&[&str]], keys: &[Key]) -> Secured {
    let find = |scheme: &str| keys.iter().find(|key| key.scheme == scheme);
    let complete = alternatives.iter().find(|schemes| schemes.iter().all(|scheme| find(scheme).is_some()));
    let mut secured = Secured::default();
    for key in complete.into_iter().flat_map(|schemes| schemes.iter()).filter_map(|scheme| find(scheme)) {
        secured.add(key);
    }
    secured
}

impl Secured {
    fn add(&mut self, key: &Key) {
        let secret = key.secret.expose();
        let mut header = |name, value: String| self.headers.push((name, Secret::from(value)));
        match key.place {
            KeyPlace::Bearer => header("Authorization", format!("Bearer {secret}")),
            KeyPlace::Basic => header("Authorization", format!("Basic {}", base64(secret.as_bytes()))),
            KeyPlace::Authorization(scheme) => header("Authorization", format!("{scheme} {secret}")),
            KeyPlace::Header(name) => header(name, secret.clone()),
            KeyPlace::Cookie(name) => {
                let mut cookie = format!("{name}=");
                encode(secret, &mut cookie);
                self.cookies.push(Secret::from(cookie));
            }
            KeyPlace::Query(name) => {
                if !self.query.is_empty() {
                    self.query.push('&');
                }
                encode(name, &mut self.query);
                self.query.push('=');
                encode(secret, &mut self.query);
            }
        }
    }
}

/// Base64 with padding (RFC 4648 §4).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let index = (bits >> (18 - 6 * digit) & 63) as usize;
            let char = ALPHABET.get(index).copied().map_or('=', char::from);
            out.push(if digit > chunk.len() { '=' } else { char });
        }
    }
    out
}
