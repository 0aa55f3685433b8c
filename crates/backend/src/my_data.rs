//! "Dữ liệu của tôi": what the office has of the person who is signed in, to see, to take along, to put
//! right and to have removed. Only ever of that person: who filed a dossier sees what they filed, who it is
//! about sees that it is there, who filed it, and what it says of them. Rules are the domain's
//! (`data_rights`, `retention`).

pub mod collect;
pub mod desk;
pub mod export;
pub mod own;
pub mod requests;

use crate::app::App;
use crate::error::Result;
use crate::sessions::Citizen;
use axum::Json;
use axum::extract::State;
use motcua_contract::my_data::MyData;

/// `GET /me/data`.
pub async fn show(State(app): State<App>, citizen: Citizen) -> Result<Json<MyData>> {
    Ok(Json(collect::everything(&app, &citizen).await?))
}
