//! What the demo tells the person in front of it. Must not start or change anything.

use super::parties::Parties;
use super::staff::Staff;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use std::io::IsTerminal as _;
use std::path::Path;

/// Prints the addresses, the accounts of the desk, the staff token and what to try.
pub fn print(
    parties: &Parties,
    staff_token: &str,
    staff: &Staff,
    tls: bool,
    quarter: bool,
    data: &Path,
) {
    let (app, vneid) = (&parties.app.origin, &parties.vneid.origin);
    println!();
    println!("Một Cửa is running.");
    println!();
    println!("  App               {app}/");
    println!("  VNeID simulator   {vneid}/    citizens, and a switch: slow, down");
    println!("  Payment simulators, each with switches for its messages:");
    for (name, party) in [
        ("VNPAY", &parties.vnpay),
        ("MoMo", &parties.momo),
        ("ZaloPay", &parties.zalopay),
        ("PaymentPlatform", &parties.platform),
    ] {
        println!("    {name:<15} {}/", party.origin);
    }
    println!("  Officer's desk    {app}/ban-lam-viec    fictional accounts, for this demo only:");
    for (name, role, password) in &staff.accounts {
        println!("    {name:<15} {password}    {role}");
    }
    println!("  Staff token       {staff_token}");
    println!("  Messages          to citizens are shown below, as they would come to a phone");
    println!("  Data              {}    (--fresh empties it)", data.display());
    println!();
    println!("  Try:");
    println!("    open {app}/ in a browser, and file a dossier");
    if quarter {
        println!("    open {app}/so-lieu, the commune's figures over a made-up quarter");
    }
    let insecure = if tls { "-k " } else { "" };
    println!("    curl {insecure}{app}/config.json");
    println!("    curl {insecure}{app}/api/v1/procedures");
    println!("    curl {insecure}-H 'Authorization: Bearer {staff_token}' \\");
    println!("      -H 'Content-Type: application/json' -d '{{\"status\":2,\"note\":null}}' \\");
    println!("      {app}/api/v1/staff/dossiers/CODE/status");
    println!();
    if tls {
        println!(
            "  On a phone on the same network, scan this. The browser warns of the certificate,"
        );
        println!(
            "  which was made on this machine a moment ago: choose Advanced, then continue; once"
        );
        println!("  more at the pages of VNeID and of each gateway.");
        println!();
        if let Ok(code) = QrCode::new(format!("{app}/")) {
            print_code(&code.render::<Dense1x2>().quiet_zone(true).build());
        }
        println!();
    }
    println!("  Ctrl-C stops everything.");
}

/// Black on white whatever the terminal's colours are: not every phone reads an inverted code.
fn print_code(picture: &str) {
    let (on, off) =
        if std::io::stdout().is_terminal() { ("\x1b[30;107m", "\x1b[0m") } else { ("", "") };
    for line in picture.lines() {
        println!("  {on}{line}{off}");
    }
}
