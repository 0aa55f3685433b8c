//! Arithmetic in GF(2⁸) with the polynomial x⁸+x⁴+x³+x²+1 (ISO/IEC 18004, 7.5.2). Owns two small
//! tables; must not know what the numbers stand for.

const POLYNOMIAL: u16 = 0x11D;

const TABLES: ([u8; 256], [u8; 256]) = {
    let (mut exp, mut log) = ([0u8; 256], [0u8; 256]);
    let (mut power, mut value) = (0usize, 1u16);
    while power < 255 {
        exp[power] = value as u8;
        log[value as usize] = power as u8;
        value <<= 1;
        if value > 255 {
            value ^= POLYNOMIAL;
        }
        power += 1;
    }
    exp[255] = 1;
    (exp, log)
};
static EXP: [u8; 256] = TABLES.0;
static LOG: [u8; 256] = TABLES.1;

/// α to a power.
pub fn exp(power: usize) -> u8 {
    EXP[power % 255]
}

/// The power of α that a value is; 0 for the value 0, which has none.
pub fn log(value: u8) -> usize {
    usize::from(LOG[usize::from(value)])
}

/// The product.
pub fn mul(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 { 0 } else { exp(log(a) + log(b)) }
}

/// The quotient; 0 when dividing by 0, which no caller does.
pub fn div(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 { 0 } else { exp(log(a) + 255 - log(b)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_undoes_multiplication() {
        for a in 0..=255 {
            for b in 1..=255 {
                assert_eq!(div(mul(a, b), b), a);
            }
        }
    }
}
