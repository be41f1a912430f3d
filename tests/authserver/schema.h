#pragma once

namespace hufu::authserver {

/// The tables, for SQLite; PostgreSQL says BYTEA for BLOB and BIGINT for INTEGER. Times are
/// milliseconds since 1970.
inline constexpr const char *tables[] = {
    "CREATE TABLE IF NOT EXISTS applications ("
    " app_id BLOB PRIMARY KEY, app_key BLOB NOT NULL, auth_id BLOB NOT NULL,"
    " name TEXT NOT NULL, number_digits INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS users ("
    " app_id BLOB NOT NULL, uid BLOB NOT NULL, secret BLOB, used_step INTEGER NOT NULL DEFAULT -1,"
    " pending_secret BLOB, pending_until INTEGER NOT NULL DEFAULT 0, pending_opener BLOB,"
    " created INTEGER NOT NULL, PRIMARY KEY (app_id, uid))",
    "CREATE TABLE IF NOT EXISTS events ("
    " event_id BLOB PRIMARY KEY, app_id BLOB NOT NULL, token BLOB NOT NULL UNIQUE,"
    " picture BLOB NOT NULL UNIQUE, created INTEGER NOT NULL, expires INTEGER NOT NULL,"
    " state INTEGER NOT NULL, uid BLOB, device_id BLOB, ctx BLOB, number BLOB, answered INTEGER,"
    " browser_address TEXT, browser_agent BLOB)",
    "CREATE TABLE IF NOT EXISTS answers ("
    " token BLOB NOT NULL, action BLOB NOT NULL, mac BLOB NOT NULL, body BLOB NOT NULL,"
    " made INTEGER NOT NULL, PRIMARY KEY (token, action, mac))",
    "CREATE TABLE IF NOT EXISTS nonces ("
    " app_id BLOB NOT NULL, uid BLOB NOT NULL, nonce BLOB NOT NULL, used INTEGER NOT NULL,"
    " PRIMARY KEY (app_id, uid, nonce))",
    // Tries that count against a limit (try_store.h).
    "CREATE TABLE IF NOT EXISTS tries (id BLOB PRIMARY KEY, name BLOB NOT NULL,"
    " made INTEGER NOT NULL)",
    // One-time addresses of bindings (bind_store.h).
    "CREATE TABLE IF NOT EXISTS bind_addresses ("
    " token BLOB PRIMARY KEY, app_id BLOB NOT NULL, uid BLOB NOT NULL, secret BLOB NOT NULL,"
    " account BLOB NOT NULL, until INTEGER NOT NULL, device_id BLOB, nonce BLOB, body BLOB)",
    // The last push of each user and how it went (push_gate.h).
    "CREATE TABLE IF NOT EXISTS pushes ("
    " app_id BLOB NOT NULL, uid BLOB NOT NULL, token BLOB NOT NULL, made INTEGER NOT NULL,"
    " open_until INTEGER NOT NULL, misses TEXT NOT NULL, PRIMARY KEY (app_id, uid))",
    // Logins of which somebody said "This was not me".
    "CREATE TABLE IF NOT EXISTS reports ("
    " event_id BLOB PRIMARY KEY, app_id BLOB NOT NULL, uid BLOB NOT NULL, made INTEGER NOT NULL,"
    " browser_address TEXT, token_address TEXT)",
    "CREATE TABLE IF NOT EXISTS site_users ("
    " name TEXT PRIMARY KEY, salt BLOB NOT NULL, rounds INTEGER NOT NULL, hash BLOB NOT NULL)",
};

struct Column
{
    const char *table;
    const char *name;
    const char *type;
};

/// What came to the tables after they were first in use.
inline constexpr Column laterColumns[] = {
    {"applications", "bind_by_address", "INTEGER NOT NULL DEFAULT 0"},
    {"events", "push_uid", "BLOB"},
    {"events", "site_context", "BLOB"},
    {"events", "reason", "BLOB"},
};

inline constexpr const char *indexes[] = {
    "CREATE INDEX IF NOT EXISTS events_expires ON events (expires)",
    ("CREATE INDEX IF NOT EXISTS events_pushed ON events (app_id, push_uid)"
     " WHERE push_uid IS NOT NULL"),
    "CREATE INDEX IF NOT EXISTS answers_made ON answers (made)",
    "CREATE INDEX IF NOT EXISTS nonces_used ON nonces (used)",
    "CREATE INDEX IF NOT EXISTS tries_name ON tries (name, made)",
    "CREATE INDEX IF NOT EXISTS tries_made ON tries (made)",
    "CREATE INDEX IF NOT EXISTS bind_addresses_user ON bind_addresses (app_id, uid)",
};

} // namespace hufu::authserver
