-- An offer ran out unanswered: somebody has still to ask whether the resident wants to go on waiting.
alter table capacity.waiting add column lost_at timestamptz;
