//! Owns the banks of VietQR by their six-digit NAPAS number: what they are called, and whether they
//! take transfers by code. Knows no account.
//!
//! Source: npm vietnam-qr-pay 1.5.1 (`BanksObject`; `vietQRStatus` 1 is "takes transfers"). Where two
//! names share a number, the bank's present name stands here: LPBank (LienVietPostBank), MBV
//! (OceanBank), Vikki Bank (DongA Bank).

/// A bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bank {
    /// The NAPAS number, six digits.
    pub number: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// Whether it takes transfers by VietQR.
    pub takes_transfers: bool,
}

const fn bank(number: &'static str, name: &'static str, takes_transfers: bool) -> Bank {
    Bank { number, name, takes_transfers }
}

/// The bank with a number, when it is known.
pub fn find_bank(number: &str) -> Option<Bank> {
    ALL.binary_search_by(|bank| bank.number.cmp(number)).ok().map(|at| ALL[at])
}

/// All banks, in the order of their numbers.
pub const ALL: [Bank; 58] = [
    bank("422589", "CIMB Bank", false),
    bank("458761", "HSBC Vietnam", false),
    bank("546034", "CAKE by VPBank", true),
    bank("546035", "Ubank by VPBank", true),
    bank("668888", "Kasikornbank", true),
    bank("796500", "DBS Bank", false),
    bank("801011", "Nonghyup Bank", false),
    bank("963369", "Liobank", true),
    bank("963388", "Timo", true),
    bank("970400", "SaigonBank", true),
    bank("970403", "Sacombank", true),
    bank("970405", "Agribank", true),
    bank("970406", "Vikki Bank", true),
    bank("970407", "Techcombank", true),
    bank("970408", "GPBank", false),
    bank("970409", "BacA Bank", true),
    bank("970410", "Standard Chartered Vietnam", false),
    bank("970412", "PVcomBank", true),
    bank("970414", "MBV", true),
    bank("970415", "VietinBank", true),
    bank("970416", "ACB", true),
    bank("970418", "BIDV", true),
    bank("970419", "NCB Bank", true),
    bank("970421", "VietNgaBank", false),
    bank("970422", "MB Bank", true),
    bank("970423", "TPBank", true),
    bank("970424", "Shinhan Bank", true),
    bank("970425", "AB Bank", true),
    bank("970426", "MSB", true),
    bank("970427", "VietABank", true),
    bank("970428", "Nam A Bank", true),
    bank("970429", "SCB", true),
    bank("970430", "PG Bank", true),
    bank("970431", "Eximbank", true),
    bank("970432", "VPBank", true),
    bank("970433", "VietBank", true),
    bank("970434", "Indovina Bank", false),
    bank("970436", "Vietcombank", true),
    bank("970437", "HDBank", true),
    bank("970438", "BaoViet Bank", true),
    bank("970439", "Public Bank Vietnam", false),
    bank("970440", "SeABank", true),
    bank("970441", "VIB", true),
    bank("970442", "HongLeong Bank", false),
    bank("970443", "SHB", true),
    bank("970444", "CB Bank", false),
    bank("970446", "Co-op Bank", true),
    bank("970448", "OCB Bank", true),
    bank("970449", "LPBank", true),
    bank("970452", "KienlongBank", true),
    bank("970454", "BVBank", true),
    bank("970455", "IBK HN", false),
    bank("970456", "IBK HCM", false),
    bank("970457", "Woori Bank", false),
    bank("970458", "United Overseas Bank Vietnam", false),
    bank("970462", "Kookmin Bank HN", false),
    bank("970463", "Kookmin Bank HCM", false),
    bank("971025", "MoMo", true),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bank_is_found_by_its_number() {
        for bank in ALL {
            assert_eq!(find_bank(bank.number), Some(bank));
            assert_eq!(bank.number.len(), 6);
        }
        assert_eq!(find_bank("970436").map(|bank| bank.name), Some("Vietcombank"));
        assert_eq!(find_bank("000000"), None);
    }
}
