//! Who tries digits that nobody has, or passwords at the desk: they must not be found by trying. Counts by
//! the caller's address, for all of them together.

use crate::app::App;
use crate::database::Tx;
use crate::error::Result;
use motcua_contract::problem::ProblemType;
use sqlx::Row;
use std::net::{IpAddr, SocketAddr};

/// Wrong codes from one caller within [`WINDOW`]; then it must wait.
const MOST: i64 = 10;
/// For how long a wrong code counts, in seconds.
const WINDOW: i64 = 600;

/// Whose tries are counted together: an IPv4 address, or the IPv6 network (/64) of a household, in
/// which one device can take as many addresses as it likes.
fn caller(address: SocketAddr) -> String {
    match address.ip().to_canonical() {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// Lets a caller try, unless it tried too many codes that nobody has. `tx` is the transaction of the
/// try itself and holds the write lock: a hundred tries at once are counted like a hundred in a row.
pub async fn admit(app: &App, tx: &mut Tx, address: SocketAddr) -> Result<()> {
    let row = sqlx::query("SELECT count(*) FROM misses WHERE caller = ?1 AND at > ?2")
        .bind(caller(address))
        .bind(app.clock.now().0 - WINDOW)
        .fetch_one(&mut **tx)
        .await?;
    if row.try_get::<i64, _>(0)? >= MOST {
        return Err(ProblemType::TooManyRequests.into());
    }
    Ok(())
}

/// Notes a code that nobody has.
pub async fn note(app: &App, tx: &mut Tx, address: SocketAddr) -> Result<()> {
    sqlx::query("INSERT INTO misses (caller, at) VALUES (?1, ?2)")
        .bind(caller(address))
        .bind(app.clock.now().0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Removes what does not count any more.
pub async fn remove_expired(app: &App) -> Result<()> {
    sqlx::query("DELETE FROM misses WHERE at <= ?1")
        .bind(app.clock.now().0 - WINDOW)
        .execute(&app.db)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    fn caller(address: &str) -> String {
        super::caller(address.parse().unwrap())
    }

    #[test]
    fn a_household_is_one_caller() {
        assert_eq!(caller("203.0.113.7:1"), "203.0.113.7");
        assert_eq!(caller("[::ffff:203.0.113.7]:2"), "203.0.113.7");
        assert_eq!(caller("[2001:db8:1:2:3:4:5:6]:1"), caller("[2001:db8:1:2:ffff::1]:2"));
        assert_ne!(caller("[2001:db8:1:2::1]:1"), caller("[2001:db8:1:3::1]:1"));
    }
}
