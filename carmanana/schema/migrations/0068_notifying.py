"""Notifications have a kind, by which each person chooses where they hear of it: in the app, by push, by email at once, in the
daily digest. Alike ones stand under the newest. Devices that take pushes, and what waits to be sent to them."""

TABLES = """
ALTER TABLE notification ADD COLUMN kind TEXT NOT NULL DEFAULT 'other';
ALTER TABLE notification ADD COLUMN shown INTEGER NOT NULL DEFAULT 1;
ALTER TABLE notification ADD COLUMN under_id INTEGER REFERENCES notification (id) ON DELETE SET NULL;
ALTER TABLE notification ADD COLUMN size INTEGER NOT NULL DEFAULT 1;
ALTER TABLE notification ADD COLUMN to_push INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notification ADD COLUMN to_email INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notification ADD COLUMN in_digest INTEGER NOT NULL DEFAULT 0;
DROP INDEX notification_user;
DROP INDEX notification_unread;
CREATE INDEX notification_user ON notification (user_id);
CREATE INDEX notification_listed ON notification (user_id, id) WHERE shown AND under_id IS NULL;
CREATE INDEX notification_unread ON notification (user_id, kind, id) WHERE read_at IS NULL AND shown AND under_id IS NULL;
CREATE INDEX notification_under ON notification (under_id) WHERE under_id IS NOT NULL;
CREATE INDEX notification_to_push ON notification (id) WHERE to_push;
CREATE INDEX notification_to_email ON notification (id) WHERE to_email;
CREATE INDEX notification_in_digest ON notification (user_id, id) WHERE in_digest;

CREATE TABLE notification_choice (
  user_id INTEGER NOT NULL REFERENCES user (id),
  kind TEXT NOT NULL,
  app INTEGER NOT NULL,
  push INTEGER NOT NULL,
  email INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  PRIMARY KEY (user_id, kind)
) WITHOUT ROWID;
CREATE TABLE notification_settings (
  user_id INTEGER PRIMARY KEY REFERENCES user (id),
  digest INTEGER NOT NULL DEFAULT 1,
  digest_at TEXT NOT NULL DEFAULT '08:00',
  digest_on TEXT,
  push_names INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE push_device (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  endpoint TEXT NOT NULL UNIQUE,
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  name TEXT NOT NULL,
  made_at TEXT NOT NULL,
  used_at TEXT
);
CREATE INDEX push_device_user ON push_device (user_id);
CREATE TABLE push_message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  device_id INTEGER NOT NULL REFERENCES push_device (id) ON DELETE CASCADE,
  notification_id INTEGER NOT NULL REFERENCES notification (id) ON DELETE CASCADE,
  size INTEGER NOT NULL DEFAULT 1,
  made_at TEXT NOT NULL,
  sent_at TEXT,
  given_up_at TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  try_after TEXT,
  trouble TEXT NOT NULL DEFAULT '',
  UNIQUE (device_id, notification_id)
);
CREATE INDEX push_message_waiting ON push_message (id) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX push_message_notification ON push_message (notification_id)
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
