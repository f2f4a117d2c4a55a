//! Saves the demonstration's cameras: of canteens that stand in its samples, and of a producer and a seller.

use server::{demo, house::House};

use super::Failure;

/// Canteens that show themselves.
const CANTEENS: i64 = 14;

/// Gives demonstration cameras to operators.
pub async fn fill(house: &House) -> Result<(), Failure> {
    let mut places = house.db.operators_called("%糕点食品厂", 1).await?;
    places.extend(house.db.operators_called("%食品批发部", 1).await?);
    places.extend(house.db.operators_called("%小学食堂", CANTEENS / 2).await?);
    places.extend(house.db.operators_called("%幼儿园食堂", CANTEENS / 2).await?);
    let (now, today) = (house.clock.now(), house.clock.today());
    for (number, operator) in (0..).zip(places) {
        for camera in demo::cameras(number, now, today) {
            server::cameras::save_demo(house, operator, &camera).await?;
        }
    }
    Ok(())
}
