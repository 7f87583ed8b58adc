-- What an entry is chosen by without reading its body: the fact's name, or for a signal its type. Signals written before
-- this step stay as 'signal', and their type is in the body: rewriting every row of a large file is not worth a word.
ALTER TABLE ledger RENAME COLUMN fact TO kind;

-- One index a signal. It refuses an event that comes again, and finds a viewer's entries; those of one viewer lie
-- together, so that a call touches few pages. Without an event key entries are never equal (SQL's null).
DROP INDEX ledger_by_event;
DROP INDEX ledger_by_viewer;
DROP INDEX ledger_by_video;
CREATE UNIQUE INDEX ledger_by_viewer ON ledger (viewer, event_key) WHERE viewer IS NOT NULL;

-- For each row that is written SQLite makes a table of an IN list before it looks a kind up in it: that took longer than
-- all the rest of an insert. Comparisons in a row take no time that can be measured.
DROP INDEX ledger_journal;
CREATE INDEX ledger_journal ON ledger (video) WHERE kind = 'video_uploaded' OR kind = 'video_processed' OR kind = 'video_moved';

-- What moves a video's score: about one signal in five.
CREATE INDEX ledger_engagement ON ledger (video)
  WHERE kind = 'play_end' OR kind = 'like' OR kind = 'unlike' OR kind = 'comment' OR kind = 'delete_comment' OR kind = 'share' OR kind = 'signal';

-- Position up to which every projection is durably saved: only entries up to it may be deleted.
ALTER TABLE ledger_head ADD COLUMN baseline INTEGER NOT NULL DEFAULT 0;
