-- The ledger. Positions are given by the writer; body is UTF-8 JSON, read it with convert_from(body, 'UTF8')::json.
CREATE TABLE ledger (
  position bigint PRIMARY KEY,
  at bigint NOT NULL,               -- ms since 1970, UTC
  fact text NOT NULL,
  viewer bigint,
  video bigint,
  creator bigint,
  event_key uuid,                   -- signals only: 16 bytes of SHA-256 over viewer id and event id
  body bytea NOT NULL
);

-- One index for two questions: is this event known, and which entries are this viewer's. Only signals have a key, and
-- null keys are never equal. A viewer's keys lie side by side, so that an insert touches pages that are already in memory.
CREATE UNIQUE INDEX ledger_by_viewer ON ledger (viewer, event_key) WHERE viewer IS NOT NULL;
CREATE INDEX ledger_by_video ON ledger (video, position) WHERE video IS NOT NULL;
CREATE INDEX ledger_journal ON ledger (video, position) WHERE fact IN ('video_uploaded', 'video_processed', 'video_moved');

-- One row: the highest position ever given, so that none is given again even if the tail were deleted, and how often a
-- process has opened the store to write. Who finds another number than its own is no longer the writer.
CREATE TABLE ledger_head (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), position bigint NOT NULL, epoch bigint NOT NULL);
INSERT INTO ledger_head (position, epoch) VALUES (0, 0);

-- Where each video stands, changed only together with its journal. The last check is a promise to viewers:
-- nobody is shown a video that has not passed review and the duplicate check.
CREATE TABLE videos (
  video bigint PRIMARY KEY,
  creator bigint NOT NULL,
  stage text NOT NULL,
  reviewed_position bigint,
  duplicate_checked_position bigint,
  position bigint NOT NULL,         -- its last journal entry that moved it
  CHECK (stage IN ('uploaded', 'processed', 'human_review', 'reviewed', 'held', 'rejected', 'testing', 'widening', 'open',
    'library', 'paused', 'reviving', 'deleted')),
  CONSTRAINT reviewed_and_no_duplicate CHECK (
    stage NOT IN ('testing', 'widening', 'open', 'reviving', 'paused', 'library')
    OR (reviewed_position IS NOT NULL AND duplicate_checked_position IS NOT NULL))
);

CREATE TABLE comments (
  position bigint PRIMARY KEY,
  video bigint NOT NULL,
  viewer bigint NOT NULL,
  text text NOT NULL,
  at bigint NOT NULL
);
CREATE INDEX comments_by_video ON comments (video, position);

CREATE TABLE snapshots (kind text NOT NULL, id bigint NOT NULL, watermark bigint NOT NULL, body bytea NOT NULL, PRIMARY KEY (kind, id));
CREATE TABLE snapshot_watermarks (kind text PRIMARY KEY, watermark bigint NOT NULL);

CREATE TABLE accounts (
  id bigint PRIMARY KEY,
  name text NOT NULL,
  name_key text COLLATE "C" NOT NULL UNIQUE, -- the name in upper case
  password_hash text NOT NULL,
  roles text NOT NULL,              -- JSON array
  created_at bigint NOT NULL
);

-- Empty but for the moment of a probe: writing here shows that the server takes data again.
CREATE TABLE probe (room bytea NOT NULL);
