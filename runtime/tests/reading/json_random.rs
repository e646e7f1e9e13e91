//! The reader of JSON text and `serde_json` read texts that are made at random, the same ones each time.

use modelsmith_runtime as runtime;

use crate::alike::alike;
use crate::random::Random;

#[test]
fn numbers_are_read_to_the_last_bit() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..4000 {
        let float = f64::from_bits(random.next());
        if float.is_finite() {
            alike(format!("{float:e}").as_bytes());
            alike(float.to_string().as_bytes());
            assert_eq!(runtime::from_str::<f64>(&format!("{float:e}")).unwrap().to_bits(), float.to_bits());
        }
        let digits = random.digits(45);
        let point = random.below(digits.len());
        let (whole, fraction) = digits.split_at(point);
        for text in [
            digits.clone(),
            format!("-{digits}"),
            format!("{whole}.{fraction}"),
            format!("{digits}e{}", random.below(60) as i64 - 30),
        ] {
            alike(text.as_bytes());
        }
        let int = i128::from(random.next()) << random.below(63);
        assert_eq!(runtime::from_str::<i128>(&int.to_string()).unwrap(), int);
        assert_eq!(runtime::from_str::<i128>(&format!("-{int}.0")).unwrap(), -int);
    }
    // Where the types of integers end, and where floating-point numbers no longer have all integers.
    for power in [7, 8, 15, 16, 24, 31, 32, 53, 63, 64, 126] {
        for near in -2..=2 {
            let int = (1_i128 << power) + near;
            for text in [int.to_string(), format!("-{int}"), format!("{int}.0"), format!("-{int}e0")] {
                alike(text.as_bytes());
            }
        }
    }
    for text in
        [u128::MAX.to_string(), i128::MAX.to_string(), i128::MIN.to_string(), format!("{}0", u128::MAX)]
    {
        alike(text.as_bytes());
    }
}

#[test]
fn texts_are_read_alike() {
    let mut random = Random(0x0DDB_1A5E_5BAD_5EED);
    for _ in 0..2000 {
        let text = random.value(5);
        assert!(alike(text.as_bytes()), "{text}");
    }
}

/// Strings of every length up to three times the sixteen bytes that are scanned together, and a little more, with what
/// ends a string, or what must not be in it, at every place.
#[test]
fn strings_end_at_every_place() {
    for length in 0..50_usize {
        for at in 0..=length {
            for inside in [
                "\"",
                "\\\"",
                "\\n",
                "\\u00e9",
                "\\ud83d\\ude00",
                "\\u12",
                "\\",
                "\n",
                "\u{1f}",
                "\u{7f}",
                "é",
                "😀",
            ] {
                let text = format!("\"{}{inside}{}\"", "a".repeat(at), "b".repeat(length - at));
                alike(text.as_bytes());
                alike(format!("[{text},{{{text}:{text}}}]").as_bytes());
                // Cut off in the middle of a character too.
                alike(&text.as_bytes()[..at + inside.len()]);
                alike(&text.as_bytes()[..at + 1]);
            }
        }
    }
}

/// Texts that are changed at random.
#[test]
fn damaged_texts_are_refused_alike() {
    let payload = include_str!("../../../tests/payloads/hooks.json");
    let mut random = Random(0x1234_5678_9ABC_DEF1);
    let alphabet = b"{}[]\",:\\u0019eE+-.truefalsn \n\t\xff\xc3\xa9\xed\xa0\x80dD8";
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..8000 {
        let mut text = match random.below(8) {
            0 => payload.as_bytes().to_vec(),
            1..=3 => random.value(4).into_bytes(),
            _ => br#"{"a":[1,-2.5e3,"x\u00e9\n",null,true,{"b":{}}],"\u00e9":"\ud83d\ude00","n":18446744073709551615}"#.to_vec(),
        };
        for _ in 0..1 + random.below(3) {
            if text.is_empty() {
                break;
            }
            let at = random.below(text.len());
            let byte = alphabet[random.below(alphabet.len())];
            match random.below(5) {
                0 => text[at] = byte,
                1 => text.insert(at, byte),
                2 => drop(text.remove(at)),
                3 => {
                    let other = random.below(text.len());
                    text.swap(at, other);
                }
                _ => text.truncate(at + 1),
            }
        }
        if alike(&text) { accepted += 1 } else { refused += 1 }
    }
    assert!(accepted > 500 && refused > 500, "{accepted} accepted, {refused} refused");
}
