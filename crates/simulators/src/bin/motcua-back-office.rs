//! The back office as a program: makes the quarter and brings it to a running backend. Owns the command
//! line and what is printed.

use clap::Parser;
use motcua_domain::date::{CivilDate, Moment};
use motcua_simulators::back_office::{Desk, Plan, REPORT, make, procedures};
use motcua_simulators::{demo, serve};
use std::error::Error;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// Brings a made-up quarter, in the proportions of the commune's report, to a backend
#[derive(Debug, Parser)]
#[command(version)]
struct Settings {
    /// Origin of the backend
    #[arg(long, default_value = demo::APP_ORIGIN)]
    app_origin: String,
    /// Staff's token there
    #[arg(long, env = "MOTCUA_STAFF_TOKEN", hide_env_values = true)]
    staff_token: String,
    /// Folder of the catalogue
    #[arg(long, default_value = "catalogue")]
    catalogue: PathBuf,
    /// The same seed makes the same quarter
    #[arg(long, default_value_t = 766)]
    seed: u64,
    /// Last day of the quarter; yesterday in Vietnam when not said
    #[arg(long)]
    last_day: Option<CivilDate>,
    /// Agency of the dossiers' codes
    #[arg(long, default_value = "H24.31")]
    agency: String,
    /// Certificate (PEM) to trust when calling the backend
    #[arg(long)]
    extra_ca: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let settings = Settings::parse();
    serve::use_ring();
    let last_day = settings.last_day.unwrap_or_else(|| today().plus_days(-1));
    let (procedures, holidays) = procedures(&settings.catalogue)?;
    let plan = Plan { seed: settings.seed, last_day, agency: settings.agency, report: REPORT };
    let quarter = make(&plan, &procedures, &holidays)?;
    let extra_ca = settings.extra_ca.map(std::fs::read).transpose()?;
    let desk = Desk::new(&settings.app_origin, &settings.staff_token, extra_ca.as_deref())?;
    let all = desk.send(&quarter).await?;
    println!("{} dossiers up to {last_day} were taken", all.taken);
    for refused in &all.refused {
        eprintln!("refused: {refused}");
    }
    if all.refused.is_empty() { Ok(()) } else { Err("some dossiers were refused".into()) }
}

fn today() -> CivilDate {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_secs()).unwrap_or_default()).date()
}
