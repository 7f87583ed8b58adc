-- What an entry is chosen by without reading its body: the fact's name, or for a signal its type. Signals written before
-- this step stay as 'signal', and their type is in the body: rewriting every row of a large file is not worth a word.
ALTER TABLE ledger RENAME COLUMN fact TO kind;

-- One index a signal. It refuses an event that comes again, and finds a viewer's entries; those of one viewer lie
-- together, so that a call touches few pages. Without an event key entries are never equal (SQL's null).
DROP INDEX ledger_by_event;
DROP INDEX ledger_by_viewer;
DROP INDEX ledger_by_video;
CREATE UNIQUE INDEX ledger_by_viewer ON ledger (viewer, event_key) WHERE viewer IS NOT NULL;

-- What moves a video's score: about one signal in five.
CREATE INDEX ledger_engagement ON ledger (video) WHERE kind IN ('signal', 'play_end', 'like', 'unlike', 'comment', 'share');

-- Position up to which every projection is durably saved: only entries up to it may be deleted.
ALTER TABLE ledger_head ADD COLUMN baseline INTEGER NOT NULL DEFAULT 0;
