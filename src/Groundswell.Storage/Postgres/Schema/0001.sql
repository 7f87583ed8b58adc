-- The ledger. Positions are given by the writer; body is UTF-8 JSON, read it with convert_from(body, 'UTF8')::json.
CREATE TABLE ledger (
  position bigint PRIMARY KEY,
  at bigint NOT NULL,               -- ms since 1970, UTC
  kind text NOT NULL,               -- what it is chosen by without reading its body: the fact's name, or for a signal its type
  viewer bigint,
  video bigint,
  creator bigint,
  event_key uuid,                   -- signals only: 16 bytes of SHA-256 over viewer id and event id
  body bytea NOT NULL
);

-- One index a signal. It refuses an event that comes again, and finds a viewer's entries; those of one viewer lie
-- together, so that a call touches few pages. Without an event key entries are never equal (SQL's null).
CREATE UNIQUE INDEX ledger_by_viewer ON ledger (viewer, event_key) WHERE viewer IS NOT NULL;

-- What moves a video's score, about one signal in five, and what its life is told by.
CREATE INDEX ledger_engagement ON ledger (video, position) WHERE kind IN ('play_end', 'like', 'unlike', 'comment', 'delete_comment', 'share');
CREATE INDEX ledger_journal ON ledger (video, position) WHERE kind IN ('video_uploaded', 'video_processed', 'video_moved');

-- One row.
CREATE TABLE ledger_head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  position bigint NOT NULL,         -- the highest ever given, so that none is given again even if the tail were deleted
  baseline bigint NOT NULL,         -- up to here every projection is durably saved: only entries up to it may be deleted
  epoch bigint NOT NULL             -- how often a process has opened the store; who finds another number than its own writes no more
);
INSERT INTO ledger_head (position, baseline, epoch) VALUES (0, 0, 0);

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
