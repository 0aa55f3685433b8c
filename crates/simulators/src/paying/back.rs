//! Owns the browser's way back to the merchant, as the switches say. Knows no protocol: the signed
//! parameters come in, and which of them a forger would change.

use maud::{Markup, html};

use super::knobs::ReturnKnob;
use crate::page::Lang;

/// What a forger changes in the parameters of a return.
pub(crate) struct Lies {
    /// Parameters, and the values that say "paid".
    pub(crate) paid: &'static [(&'static str, &'static str)],
    /// The parameter with the amount, for a return that says "paid" already.
    pub(crate) amount: &'static str,
}

/// Where the browser goes after the end of a payment; `done` is the gateway's own last page.
pub(crate) fn way_back(
    knob: ReturnKnob,
    return_url: &str,
    signed: &str,
    lies: &Lies,
    done: &str,
) -> String {
    match knob {
        ReturnKnob::Never | ReturnKnob::OtherBrowser | ReturnKnob::Post => done.to_owned(),
        ReturnKnob::Normal | ReturnKnob::Replayed => with_query(return_url, signed),
        ReturnKnob::ExtraParams => {
            with_query(return_url, &format!("utm_source=zalo&{signed}&fbclid=IwAR0simulated"))
        }
        ReturnKnob::Tampered => with_query(return_url, &tampered(signed, lies)),
    }
}

/// What the gateway's own last page offers after an end, by the same switch.
pub(crate) fn on_last_page(
    knob: ReturnKnob,
    return_url: &str,
    signed: &str,
    lies: &Lies,
    lang: Lang,
) -> Markup {
    let label = lang.pick("Quay lại trang của người bán", "Back to the merchant");
    let address = with_query(return_url, signed);
    html! {
        @match knob {
            ReturnKnob::Never => {
                p { (lang.pick("Bạn có thể đóng trang này.", "You can close this page.")) }
            }
            ReturnKnob::OtherBrowser => {
                p { (lang.pick("Ví mở kết quả trong trình duyệt khác, không có phiên đăng nhập:", "The wallet opens the result in another browser, without your session:")) }
                a class="button" id="back-to-merchant" href=(address) target="_blank" rel="noreferrer" { (label) }
            }
            ReturnKnob::Post => {
                form method="post" action=(return_url) {
                    @for (name, value) in form_urlencoded::parse(signed.as_bytes()) {
                        input type="hidden" name=(name) value=(value);
                    }
                    button id="back-to-merchant" type="submit" { (label) }
                }
            }
            _ => {
                a class="button" id="back-to-merchant" href=(way_back(knob, return_url, signed, lies, "/")) { (label) }
            }
        }
    }
}

fn tampered(signed: &str, lies: &Lies) -> String {
    let pairs = signed.split('&').map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let lie = lies.paid.iter().find(|(name, _)| *name == key).map(|(_, lie)| *lie);
        format!("{key}={}", lie.unwrap_or(value))
    });
    let told = pairs.collect::<Vec<_>>().join("&");
    let amount = format!("{}=", lies.amount);
    if told == signed { signed.replacen(&amount, &format!("{amount}9"), 1) } else { told }
}

/// An address with a query added; its own query and fragment stay.
pub(crate) fn with_query(address: &str, query: &str) -> String {
    let (base, fragment) = match address.split_once('#') {
        Some((base, fragment)) => (base, format!("#{fragment}")),
        None => (address, String::new()),
    };
    let joint = if base.contains('?') { '&' } else { '?' };
    format!("{base}{joint}{query}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIES: Lies =
        Lies { paid: &[("vnp_ResponseCode", "00"), ("vnp_Status", "00")], amount: "vnp_Amount" };

    #[test]
    fn the_return_keeps_its_own_query() {
        assert_eq!(with_query("http://a/b", "x=1"), "http://a/b?x=1");
        assert_eq!(with_query("http://a/b?c=d", "x=1"), "http://a/b?c=d&x=1");
        assert_eq!(with_query("http://a/b#f", "x=1"), "http://a/b?x=1#f");
    }

    #[test]
    fn tampering_always_changes_something() {
        for signed in [
            "vnp_Amount=1&vnp_ResponseCode=00&vnp_Status=00",
            "vnp_Amount=1&vnp_ResponseCode=24&vnp_Status=02",
        ] {
            assert_ne!(tampered(signed, &LIES), signed);
            assert!(tampered(signed, &LIES).contains("vnp_ResponseCode=00"));
        }
    }

    #[test]
    fn a_form_carries_the_parameters_as_they_are() {
        let query = "message=Th%C3%A0nh+c%C3%B4ng&a=%3Cb%3E";
        let form =
            on_last_page(ReturnKnob::Post, "http://a/b", query, &LIES, Lang::Vi).into_string();
        assert!(form.contains(r#"name="message" value="Thành công""#), "{form}");
        assert!(form.contains("&lt;b&gt;") && form.contains(r#"action="http://a/b""#));
    }
}
