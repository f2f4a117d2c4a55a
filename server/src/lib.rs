//! How the portal is stored, sent and served.

// pages are nested types, and an optimised build computes their layouts
#![recursion_limit = "512"]

pub mod alerts;
pub mod attach;
pub mod auth;
pub mod cameras;
pub mod casefile;
pub mod cases;
mod challenge;
pub mod clock;
pub mod config;
pub mod demo;
pub mod desk;
pub mod evidence;
pub mod fail;
pub mod files;
pub mod front;
pub mod house;
pub mod http;
pub mod id;
pub mod import;
pub mod index;
pub mod kitchens;
pub mod log;
pub mod mail;
pub mod map;
pub mod objections;
pub mod operators;
pub mod paper;
pub mod polls;
pub mod qr;
pub mod registers;
pub mod sampling;
pub mod schools;
pub mod secret;
pub mod store;
pub mod tlog;
