//! `portal user …`: accounts of officers. No password passes through here: each account gets a one-time link by which its
//! owner chooses one.

use std::process::ExitCode;

use app::{
    domain::{mail::Address, staff::Role},
    ports::{Accounts, PortError, Site},
    text::{self, cli as say, desk},
};
use clap::ValueEnum;
use server::{
    auth::{AdminError, NewAccount, SetUpLink, Who},
    cases::CaseService,
    config::{DataArgs, read_site},
    desk::Law,
    house::House,
};
use uuid::Uuid;

use super::{Failure, REFUSED};

#[derive(clap::Subcommand)]
pub enum Command {
    /// Make an account; prints its set-up link
    Add {
        /// Name to sign in with: 2 to 32 small letters, digits, . - _
        name: String,
        /// Name as colleagues know it
        #[arg(long)]
        display_name: Option<String>,
        /// May be given several times
        #[arg(long = "role", required = true)]
        roles: Vec<RoleArg>,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Take away password, second factor and sessions; prints a new set-up link
    Link {
        /// Name of the account
        name: String,
        #[command(flatten)]
        data: DataArgs,
    },
    /// List accounts
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Lock an account and end its sessions
    Lock {
        /// Name of the account
        name: String,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Unlock an account
    Unlock {
        /// Name of the account
        name: String,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Set or take away (empty) the address to which reminders of an account's cases go
    Mail {
        /// Name of the account
        name: String,
        /// The address
        address: String,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Set the roles of an account; its sessions end
    Roles {
        /// Name of the account
        name: String,
        /// The roles it has from now on
        #[arg(required = true)]
        roles: Vec<RoleArg>,
        #[command(flatten)]
        data: DataArgs,
    },
}

/// A role on the command line.
#[derive(Clone, Copy)]
pub struct RoleArg(Role);

impl ValueEnum for RoleArg {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [RoleArg; 6] = [
            RoleArg(Role::Editor),
            RoleArg(Role::Reviewer),
            RoleArg(Role::CaseOfficer),
            RoleArg(Role::Lead),
            RoleArg(Role::Auditor),
            RoleArg(Role::Admin),
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.code()).help(desk::role(self.0)))
    }
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Add { name, display_name, roles, data } => {
            let house = House::open(&data).await?;
            let roles = roles.into_iter().map(|role| role.0).collect();
            let new = NewAccount { name, display_name: display_name.unwrap_or_default(), roles };
            let made = house.auth.add_account(&new, &Who::default()).await.map(|(_, link)| link);
            tell_link(&data, made)
        }
        Command::Link { name, data } => {
            let (house, id) = find(&data, &name).await?;
            let Some(id) = id else { return Ok(unknown(&name)) };
            tell_link(&data, house.auth.reset_account(id, &Who::default()).await.map(|(_, link)| link))
        }
        Command::List { json, data } => list(&data, json).await,
        Command::Lock { name, data } => lock(&data, &name, true).await,
        Command::Unlock { name, data } => lock(&data, &name, false).await,
        Command::Mail { name, address, data } => {
            let (house, id) = find(&data, &name).await?;
            let Some(id) = id else { return Ok(unknown(&name)) };
            let address = match (address.trim(), Address::parse(&address)) {
                ("", _) => None,
                (_, Ok(address)) => Some(address),
                (_, Err(fault)) => {
                    eprintln!("{}", text::letter::address_fault(fault));
                    return Ok(ExitCode::from(REFUSED));
                }
            };
            let law = Law::read(&house.data).map_err(|error| Failure::from(error.to_string()))?;
            let cases = CaseService::new(house.clone(), &law, &Site::default());
            cases.set_own_mail(id, address.as_ref()).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Roles { name, roles, data } => {
            let (house, id) = find(&data, &name).await?;
            let Some(id) = id else { return Ok(unknown(&name)) };
            let roles: Vec<Role> = roles.into_iter().map(|role| role.0).collect();
            tell(house.auth.set_roles(id, &roles, &Who::default()).await)
        }
    }
}

async fn find(data: &DataArgs, name: &str) -> Result<(House, Option<Uuid>), Failure> {
    let house = House::open(data).await?;
    let id = house.auth.id_of(name).await?;
    Ok((house, id))
}

async fn lock(data: &DataArgs, name: &str, locked: bool) -> Result<ExitCode, Failure> {
    let (house, id) = find(data, name).await?;
    let Some(id) = id else { return Ok(unknown(name)) };
    tell(house.auth.lock_account(id, locked, &Who::default()).await)
}

async fn list(data: &DataArgs, json: bool) -> Result<ExitCode, Failure> {
    let house = House::open(data).await?;
    let accounts = house.auth.accounts().await.map_err(|error: PortError| error.to_string())?;
    for account in accounts {
        let seen = account.seen_at.map(text::moment);
        if json {
            let line = serde_json::json!({
                "name": account.name, "display_name": account.display_name, "roles": account.roles,
                "state": format!("{:?}", account.state).to_lowercase(), "second_factor": account.second_factor,
                "seen_at": account.seen_at,
            });
            println!("{line}");
        } else {
            let (roles, state) = (desk::roles(&account.roles), desk::account_state(account.state));
            let factor = if account.second_factor { desk::ENROLLED } else { desk::NOT_ENROLLED };
            let seen = seen.unwrap_or_else(|| desk::NEVER.to_owned());
            println!("{}", say::account_line(&account.name, &account.display_name, &roles, state, factor, &seen));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn tell_link(data: &DataArgs, made: Result<SetUpLink, AdminError>) -> Result<ExitCode, Failure> {
    match made {
        Ok(link) => {
            println!("{}{}", read_site(&data.data)?.base_url, link.path);
            eprintln!("{}", say::link(&text::moment(link.expires_at)));
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => tell(Err(error)),
    }
}

fn tell(done: Result<(), AdminError>) -> Result<ExitCode, Failure> {
    let sentence = match done {
        Ok(()) => {
            println!("{}", say::DONE);
            return Ok(ExitCode::SUCCESS);
        }
        Err(AdminError::Name) => desk::BAD_NAME,
        Err(AdminError::NameTaken) => desk::NAME_TAKEN,
        Err(AdminError::NoRole) => desk::NO_ROLE,
        Err(error) => return Err(error.into()),
    };
    eprintln!("{sentence}");
    Ok(ExitCode::from(REFUSED))
}

fn unknown(name: &str) -> ExitCode {
    eprintln!("{}", say::no_account(name));
    ExitCode::from(REFUSED)
}
