-- The ledger. Positions are given by the writer; body is UTF-8 JSON, read it with CAST(body AS TEXT).
CREATE TABLE ledger (
  position INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,              -- ms since 1970, UTC
  fact TEXT NOT NULL,
  viewer INTEGER,
  video INTEGER,
  creator INTEGER,
  event_key BLOB,                   -- signals only: 16 bytes of SHA-256 over viewer id and event id
  body BLOB NOT NULL
) STRICT;

-- Every index ends in the position without naming it: that is how SQLite keys rows.
CREATE UNIQUE INDEX ledger_by_event ON ledger (event_key) WHERE event_key IS NOT NULL;
CREATE INDEX ledger_by_viewer ON ledger (viewer) WHERE viewer IS NOT NULL;
CREATE INDEX ledger_by_video ON ledger (video) WHERE video IS NOT NULL;
CREATE INDEX ledger_journal ON ledger (video) WHERE fact IN ('video_uploaded', 'video_processed', 'video_moved');

-- One row: the highest position ever given, so that none is given again even if the tail were deleted.
CREATE TABLE ledger_head (only INTEGER PRIMARY KEY CHECK (only = 1), position INTEGER NOT NULL) STRICT;
INSERT INTO ledger_head VALUES (1, 0);

-- Where each video stands, changed only together with its journal. The last check is a promise to viewers:
-- nobody is shown a video that has not passed review and the duplicate check.
CREATE TABLE videos (
  video INTEGER PRIMARY KEY,
  creator INTEGER NOT NULL,
  stage TEXT NOT NULL,
  reviewed_position INTEGER,
  duplicate_checked_position INTEGER,
  position INTEGER NOT NULL,        -- its last journal entry that moved it
  CHECK (stage IN ('uploaded', 'processed', 'human_review', 'reviewed', 'held', 'rejected', 'testing', 'widening', 'open',
    'library', 'paused', 'reviving', 'deleted')),
  CONSTRAINT reviewed_and_no_duplicate CHECK (
    stage NOT IN ('testing', 'widening', 'open', 'reviving', 'paused', 'library')
    OR (reviewed_position IS NOT NULL AND duplicate_checked_position IS NOT NULL))
) STRICT;

CREATE TABLE comments (
  position INTEGER PRIMARY KEY,
  video INTEGER NOT NULL,
  viewer INTEGER NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX comments_by_video ON comments (video);

CREATE TABLE snapshots (kind TEXT NOT NULL, id INTEGER NOT NULL, watermark INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, id)) STRICT;
CREATE TABLE snapshot_watermarks (kind TEXT PRIMARY KEY, watermark INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,    -- the name in upper case
  password_hash TEXT NOT NULL,
  roles TEXT NOT NULL,              -- JSON array
  created_at INTEGER NOT NULL
) STRICT;

-- Empty but for the moment of a probe: writing here shows that the disk takes data again.
CREATE TABLE probe (room BLOB NOT NULL) STRICT;
