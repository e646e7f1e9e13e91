//! The macro for a paginated operation.

/// Implements going from page to page for an operation.
///
/// ```text
/// runtime::pages!(Params cursor page_token: property ["next_page"]);
/// runtime::pages!(Params cursor after: header "X-Next"; more ["has_more"]);
/// runtime::pages!(Params number page: from 1; items ["data"]; size per_page; pages ["meta", "pages"]);
/// runtime::pages!(Params offset offset: items ["data"]; size limit; total ["total"]);
/// runtime::pages!(Body cursor "start_cursor": property ["next_cursor"]);
/// runtime::pages!(Params link: header "Link");
/// ```
///
/// The moving value is a field of `Params` or a property of `Body`. `[serde]` before it says that the type of a page
/// only implements `serde`'s traits.
#[macro_export]
#[allow(unused_macros, reason = "an API may have no pages")]
macro_rules! pages {
    ($([$how:ident])? $of:ident $kind:ident $($field:ident)? $($property:literal)? : $($paging:tt)*) => {
        impl runtime::client::Paged for Operation {
            const PAGING: &'static runtime::client::Paging =
                &runtime::pages_part!(paging $kind $($paging)*);

            fn asked(
                _params: &<Self as runtime::Operation>::Params,
                _body: &<Self as runtime::Operation>::Body,
            ) -> runtime::client::Asked {
                runtime::client::Asked {
                    at: runtime::pages_part!(at $of _params _body $($field)? $($property)?),
                    size: runtime::pages_part!(size _params $($paging)*),
                }
            }

            fn show(
                page: &<Response as runtime::Answers>::Success,
                see: &mut dyn FnMut(&dyn runtime::View),
            ) {
                runtime::pages_part!(show page see $($how)?)
            }

            fn set(
                _params: &mut <Self as runtime::Operation>::Params,
                _body: &mut <Self as runtime::Operation>::Body,
                _value: &::serde_json::Value,
            ) -> Result<(), runtime::Error> {
                runtime::pages_part!(set $of _params _body _value $($field)? $($property)?);
                Ok(())
            }
        }
    };
}
pub(crate) use pages;

/// The optional parts of [`pages!`].
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no pages")]
macro_rules! pages_part {
    (paging cursor $from:ident $where:tt $(; more $more:tt)?) => {
        runtime::client::Paging::Cursor {
            next: runtime::pages_part!(place $from $where),
            more: runtime::pages_part!(way $($more)?),
        }
    };
    (paging number from $first:literal $(; items $items:tt)? $(; size $size:ident)? $(; pages $pages:tt)?
        $(; more $more:tt)?) => {
        runtime::client::Paging::Number {
            first: $first,
            items: runtime::pages_part!(way $($items)?),
            pages: runtime::pages_part!(way $($pages)?),
            more: runtime::pages_part!(way $($more)?),
        }
    };
    (paging offset items $items:tt $(; size $size:ident)? $(; total $total:tt)? $(; more $more:tt)?) => {
        runtime::client::Paging::Offset {
            items: &$items,
            total: runtime::pages_part!(way $($total)?),
            more: runtime::pages_part!(way $($more)?),
        }
    };
    (paging link $from:ident $where:tt) => {
        runtime::client::Paging::Link(runtime::pages_part!(place $from $where))
    };
    (place property $way:tt) => { runtime::client::Turn::Property(&$way) };
    (place header $name:literal) => { runtime::client::Turn::Header($name) };
    (way) => { None };
    (way $way:tt) => { Some(&$way) };
    (at $of:ident $params:ident $body:ident) => { None };
    (at Params $params:ident $body:ident $field:ident) => { runtime::client::text_of(&$params.$field) };
    (at Body $params:ident $body:ident $property:literal) => {
        runtime::client::property_of($body, $property)
    };
    (set $of:ident $params:ident $body:ident $value:ident) => {};
    (set Params $params:ident $body:ident $value:ident $field:ident) => {
        $params.$field = runtime::client::moved($value)?
    };
    (set Body $params:ident $body:ident $value:ident $property:literal) => {
        *$body = runtime::client::with_property($body, $property, $value)?
    };
    (size $params:ident from $first:literal $($rest:tt)*) => { runtime::pages_part!(size $params $($rest)*) };
    (size $params:ident items $items:tt $($rest:tt)*) => { runtime::pages_part!(size $params $($rest)*) };
    (size $params:ident ; items $items:tt $($rest:tt)*) => { runtime::pages_part!(size $params $($rest)*) };
    (size $params:ident ; size $size:ident $($rest:tt)*) => { runtime::client::text_of(&$params.$size) };
    (size $params:ident $($rest:tt)*) => { None };
    (show $page:ident $see:ident) => { $see($page) };
    (show $page:ident $see:ident serde) => { $see(&runtime::ForeignView($page)) };
}
pub(crate) use pages_part;
